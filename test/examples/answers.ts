import * as fs from 'node:fs';
import * as path from 'node:path';
import { ROOT } from '../support/sources';

/**
 * Holds an answer against `examples/<folder>/<file>`; `npm run examples:renew` writes the file instead.
 */
export function expectAnswer(folder: string, file: string, answer: string): void {
  const expected = path.join(ROOT, 'examples', folder, file);
  if (process.env.HOLDFAST_RENEW === '1') {
    fs.writeFileSync(expected, answer);
  }
  expect(answer).toBe(fs.readFileSync(expected, 'utf8'));
}
