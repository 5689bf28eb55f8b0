// What a bundle says of the packages that it contains: their licences.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const esbuild = require('esbuild');

/** The lines for the head of a bundle that is made with these options. */
exports.noticesOf = (options) => {
  const { metafile } = esbuild.buildSync({ ...options, write: false, metafile: true });
  const folders = Object.values(metafile.outputs)
    .flatMap(({ inputs }) => Object.keys(inputs))
    .flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
  return [...new Set(folders)].sort().map((folder) => {
    const licence = fs.readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
    return `/* Contains ${path.basename(folder)}:\n${fs.readFileSync(path.join(folder, licence), 'utf8').trim()}\n*/`;
  });
};
