import * as fs from 'node:fs';
import * as path from 'node:path';
import { buildEstate } from '../../examples/first/estate';
import { cli } from '../engine/cli/run-cli';
import { MountedFiles } from '../support/mounted';
import { ROOT } from '../support/sources';
import { synthCdk } from '../support/synth';
import { expectAnswer } from './answers';

const readme = fs.readFileSync(path.join(ROOT, 'README.md'), 'utf8');

/** The fenced blocks of the README in one language. */
function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map((m) => m[1] as string);
}

/** Text without white space, as the formatter breaks lines where the README does not. */
const squeezed = (text: string) => text.replace(/[\s,]+/g, '');

test('the example that opens the README is the one that is run', () => {
  const source = fs.readFileSync(path.join(ROOT, 'examples', 'first', 'estate.ts'), 'utf8');
  expect(squeezed(source)).toContain(squeezed(blocks('ts')[0] as string));
});

test('the answer in the README is what the engine says', async () => {
  const made = synthCdk(buildEstate);
  const { code, stdout, stderr } = await cli(
    ['simulate', 'cdk.out', '--days', '400'],
    new MountedFiles('cdk.out', made),
  );
  expect([code, stderr]).toEqual([0, '']);
  expectAnswer('first', 'expected.txt', stdout);
  const answer = (blocks('text')[0] as string).split('\n').filter((line) => line !== '' && !line.startsWith('$'));
  const said = stdout.split('\n');
  expect(answer.filter((line) => !said.includes(line))).toEqual([]);
});

test('the two commands of the README are scripts of the workspace', () => {
  const { scripts } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const commands =
    blocks('sh')
      .join('\n')
      .match(/npm ci && npm (run )?([a-z:]+)/g) ?? [];
  expect(commands).toEqual(['npm ci && npm run example', 'npm ci && npm test']);
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['example', 'test']));
});
