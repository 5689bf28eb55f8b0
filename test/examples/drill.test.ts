// Two months of a shop with real content, ransomware, and recovery: what the README shows is what happens.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { drill } from '../../examples/drill/drill';
import { buildEstate } from '../../examples/drill/estate';
import { ROOT } from '../support/sources';
import { synthCdk } from '../support/synth';
import { expectAnswer } from './answers';

jest.setTimeout(300_000);

test('ransomware destroys what the shop has, guardrails keep its copies, and the recovery account restores them', async () => {
  const lines: string[] = [];
  await drill(synthCdk(buildEstate), (line) => lines.push(line));
  const said = `${lines.join('\n')}\n`;
  expectAnswer('drill', 'expected.txt', said);
  const readme = fs.readFileSync(path.join(ROOT, 'examples', 'drill', 'README.md'), 'utf8');
  expect(/```text\n([\s\S]*?)```/.exec(readme)?.[1]).toBe(said);
  expect(said).not.toContain(': done');
});
