import * as fs from 'node:fs';
import * as path from 'node:path';
import * as model from '@holdfast/model';

const README = fs.readFileSync(path.join(__dirname, '../../model/README.md'), 'utf8');

test('the first example of the README prints what it says', () => {
  const [, code, printed] = /```ts\n(.*?)```.*?```text\n(.*?)\n```/s.exec(README)!;
  const lines: string[] = [];
  const console = { log: (line: string) => lines.push(line) };
  const body = code!.replace(/^import \{(.*)\} from '@holdfast\/model';/m, 'const {$1} = model;');
  new Function('model', 'console', body)(model, console);
  expect(lines.join('\n')).toBe(printed);
});

test('the README names every class of rules', () => {
  const classes = Object.keys(model).filter((name) => name.endsWith('Rules'));
  expect(classes.filter((name) => !README.includes(name))).toEqual([]);
});
