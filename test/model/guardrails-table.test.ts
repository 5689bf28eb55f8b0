import * as fs from 'node:fs';
import * as path from 'node:path';
import { GuardrailCatalog } from '@holdfast/model';
import { guardrailsTable } from '../../tools/generate-guardrails-table';

test('docs/guardrails.md is what the catalogue says: renew it with npx projen generate', () => {
  const written = fs.readFileSync(path.join(__dirname, '../../docs/guardrails.md'), 'utf8');
  expect(written).toBe(guardrailsTable());
});

test('the table has each guardrail once, in the order of the catalogue', () => {
  const rows = guardrailsTable()
    .split('\n')
    .flatMap((line) => /^\| `([a-z0-9-]+)` \|/.exec(line)?.[1] ?? []);
  expect(rows).toEqual(GuardrailCatalog.all().map(({ id }) => id));
});
