import * as fs from 'node:fs';
import * as path from 'node:path';
import { HoldfastPack } from '@holdfast/cdk-nag';

const README = fs.readFileSync(path.join(__dirname, '../../nag/README.md'), 'utf8');

test('the ids that the README names are rules of the pack', () => {
  const named = [...README.matchAll(/Holdfast-[a-z-]+[a-z]/g)].map(([id]) => id);
  expect(named).toHaveLength(2);
  expect(new HoldfastPack().ruleIds).toEqual(expect.arrayContaining(named));
});
