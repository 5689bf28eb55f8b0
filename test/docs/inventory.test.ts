import type { DeclaredOrganization } from '@holdfast/model';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { LIVE } from '../../engine/src/host/live';
import { ROOT } from '../support/sources';
import { MemoryFiles } from '../../engine/src/host/files';
import { cli, TEMPLATE } from '../engine/cli/run-cli';
import { account, HOME, outsideOf } from '../engine/live/account';

/** The account of the guide is its management account. */
const ORGANIZATION: DeclaredOrganization = {
  env: HOME,
  organizationId: 'o-exampleorg1',
  rootId: 'r-ab12',
  members: [{ accountId: '222233334444', accountName: 'shop', email: 'shop@example.com' }],
};

/** The commands that a guide gives, as their arguments. */
function commandsOf(page: string): string[][] {
  const text = fs.readFileSync(path.join(ROOT, 'docs', page), 'utf8');
  return [...text.matchAll(/^(?:AWS_PROFILE=\w+ )?npx holdfast ([^\n#]+?)\s*(?:#[^\n]*)?$/gm)].map(([, argv = '']) =>
    argv.split(/\s+/),
  );
}

/** Files that commands write and read one after the other. */
function disk(first: Readonly<Record<string, string>> = {}) {
  const files = new Map(Object.entries(first));
  return { files, source: new MemoryFiles(files), write: (file: string, text: string) => void files.set(file, text) };
}

test('the commands of the guide to inventories run in its order, on what those before have written', async () => {
  const world = await account(40);
  await world.deploy({ organizations: [ORGANIZATION] });
  const { files, source, write } = disk();
  const live = {
    ...LIVE,
    account: async () => ({ account: HOME.account, partition: HOME.partition }),
    outside: outsideOf(world),
    assume: (arn: string) => Promise.resolve(outsideOf(world, [], arn.split(':')[4] ?? '')),
    append: (file: string, text: string) => void files.set(file, `${files.get(file) ?? ''}${text}`),
  };
  const commands = commandsOf('inventory.md');
  const ran: string[] = [];
  for (const argv of commands.filter((words) => !words.includes('backups/cdk/cdk.out'))) {
    const { code, stderr } = await cli(argv, source, { write, live });
    expect([argv.join(' '), stderr.replace(/^note: .*\n/gm, '').replace(/^\d[^\n]* throttled\n$/, '')]).toEqual([
      argv.join(' '),
      '',
    ]);
    expect(code).toBeLessThan(2);
    ran.push(argv[0] ?? '');
  }
  const ofOne = ['inventory', 'check', 'simulate', 'cost'];
  expect(ran).toEqual([...ofOne, 'inventory', 'check', 'inventory', 'inventory', 'check', 'adopt', 'simulate']);
  expect([...files.keys()].sort()).toEqual([
    'account.json',
    'account.state',
    'all.json',
    'all.state',
    'backups/account.json',
    'backups/cdk/app.ts',
    'backups/cdktf/main.ts',
    'management.json',
    'shop.json',
  ]);
  // What an app synthesizes is simulated by the tests of `adopt`.
  expect(commands.at(-1)?.slice(0, 3)).toEqual(['simulate', 'backups/cdk/cdk.out', 'backups/account.json']);
});

test('the commands of the guide to evidence run, and the report has it', async () => {
  const { files, source, write } = disk({ 'stack.yaml': TEMPLATE });
  const commands = commandsOf('evidence.md');
  expect(commands).toHaveLength(2);
  for (const argv of commands) {
    const { code, stdout, stderr } = await cli(
      argv.map((word) => (word === 'cdk.out' ? 'stack.yaml' : word)),
      source,
      { write },
    );
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toContain('aligned with it, never certified by it');
  }
  expect(files.get('report.html')).toContain('<title>Backups of stack.yaml</title>');
});
