// Of VitePress. The side bar is what tools/site/assemble.mjs found.
import * as fs from 'node:fs';
import { defineConfig } from 'vitepress';

const sidebar = JSON.parse(fs.readFileSync(new URL('./config.json', import.meta.url), 'utf8'));

export default defineConfig({
  title: 'Holdfast',
  description: 'AWS Backup as code that you can run before you deploy it',
  outDir: 'dist',
  cleanUrls: false,
  // Our pages have no markup of HTML; what looks like it (`<place>`) is text.
  markdown: { html: false, theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' } },
  themeConfig: {
    sidebar,
    outline: [2, 3],
    search: { provider: 'local' },
    socialLinks: [{ icon: 'github', link: 'https://github.com/holdfast-backup/holdfast' }],
  },
});
