import * as fs from 'node:fs';
import * as path from 'node:path';
import { BackupConfigRules, FrameworkControls } from '@holdfast/model';
import { auditControls } from '../../tools/generate-audit-controls';

test('docs/audit-controls.md is what the catalogues make of it', () => {
  expect(fs.readFileSync(path.join(__dirname, '../../docs/audit-controls.md'), 'utf8')).toBe(auditControls());
});

test('every control, parameter and rule is in the document', () => {
  const document = auditControls();
  const names = [
    ...FrameworkControls.all().flatMap((it) => [it.controlName, ...it.parameters.map((p) => p.parameterName)]),
    ...BackupConfigRules.all().map((it) => it.sourceIdentifier),
  ];
  expect(names.length).toBeGreaterThan(60);
  expect(names.filter((name) => !document.includes(`\`${name}\``))).toEqual([]);
});
