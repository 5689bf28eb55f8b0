import * as fs from 'node:fs';
import * as path from 'node:path';
import { ROOT } from '../../support/sources';
import { cli } from './run-cli';

const FILE = path.join(ROOT, 'engine', 'README.md');
const README = fs.readFileSync(FILE, 'utf8');

/** The files that the README shows. */
const FILES = Object.fromEntries(
  [...README.matchAll(/<!-- file: (\S+) -->\n```\w+\n(.*?)```/gs)].map(([, name, text]) => [
    name as string,
    text as string,
  ]),
);

/** What the README says that commands print. */
const SAID = [...README.matchAll(/```console\n\$ npx holdfast ([^\n]+)\n(.*?)```/gs)].map(([, argv, text]) => [
  argv as string,
  text as string,
]);

test('the README shows two files and what two commands say of them', () => {
  expect(Object.keys(FILES)).toEqual(['shop.yaml', 'inventory.yaml']);
  expect(SAID.map(([argv]) => argv?.split(' ')[0])).toEqual(['check', 'simulate']);
});

test.each(SAID)('the README says what is so: %s', async (argv, text) => {
  const { stdout, stderr } = await cli((argv as string).split(' '), FILES);
  expect(stderr).toBe('');
  // `HOLDFAST_RENEW=1 npx jest test/engine/cli/readme`; read the difference before committing it.
  if (process.env.HOLDFAST_RENEW === '1') {
    const readme = fs.readFileSync(FILE, 'utf8');
    fs.writeFileSync(
      FILE,
      readme.replace(`$ npx holdfast ${argv}\n${text}`, () => `$ npx holdfast ${argv}\n${stdout}`),
    );
    return;
  }
  expect(stdout).toBe(text);
});
