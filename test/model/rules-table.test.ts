import * as fs from 'node:fs';
import * as path from 'node:path';
import { RuleCatalog } from '@holdfast/model';
import { rulesTable } from '../../tools/generate-rules-table';

test('docs/rules.md is what the catalogue says: renew it with npx projen generate', () => {
  const written = fs.readFileSync(path.join(__dirname, '../../docs/rules.md'), 'utf8');
  expect(written).toBe(rulesTable());
});

test('the table has each rule once', () => {
  const rows = rulesTable()
    .split('\n')
    .flatMap((line) => /^\| `([a-z0-9-]+)` \|/.exec(line)?.[1] ?? []);
  expect([...rows].sort()).toEqual(
    RuleCatalog.all()
      .map(({ rule }) => rule)
      .sort(),
  );
});
