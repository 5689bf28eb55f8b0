/**
 * Estates as people have them, that AWS takes and that do what they look like: no error, and every warning and note is
 * one that was judged to be worth its line. The first lines of each template say what is found (`# finds …`), and with
 * which flags it is checked (`# flags …`).
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { CheckAnswer } from '../../../engine/src/cli/check';
import { answerOf, cli } from './run-cli';

const FOLDER = path.join(__dirname, 'estates');
const FILES = fs.readdirSync(FOLDER).map((name) => ({ name, text: fs.readFileSync(path.join(FOLDER, name), 'utf8') }));

function linesOf(text: string, label: string): string[] {
  return [...text.matchAll(new RegExp(`^# ${label} (.*)$`, 'gm'))].map((match) => match[1]!);
}

test.each(FILES)('$name has no error, and nothing but what it says', async ({ name, text }) => {
  const flags = linesOf(text, 'flags').flatMap((line) => line.split(' '));
  const result = await cli(['check', name, '--format', 'json', ...flags], { [name]: text });
  const { findings } = answerOf<CheckAnswer>(result);
  const found = findings.map((one) => `${one.severity} ${one.rule} ${one.path.replace(`${name}: `, '')}`);
  expect(found).toEqual(linesOf(text, 'finds'));
  expect(found.filter((line) => line.startsWith('error'))).toEqual([]);
  expect([result.code, result.stderr]).toEqual([0, '']);
});

test('there are estates to hold the rules against', () => {
  expect(FILES.length).toBeGreaterThan(15);
});
