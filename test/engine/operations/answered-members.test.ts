// Every member that an answer of AWS Backup can have is made somewhere, or is named among the gaps of its operation.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import * as client from '@aws-sdk/client-backup';

const FOLDER = resolve(__dirname, '../../../engine/src/operations/backup');
const STRUCTURES = new Set([3, -3]);
const OPERATION = 9;

type Schema = readonly unknown[];

/** The last names of all members of an output, those of lists and of structures within it too. */
function membersOf(schema: unknown, found = new Set<string>(), within: readonly unknown[] = []): Set<string> {
  const shape = typeof schema === 'function' ? (schema as () => unknown)() : schema;
  if (!Array.isArray(shape) || within.includes(shape)) {
    return found;
  }
  const [kind, , , , names, types] = shape as Schema;
  const deeper = [...within, shape];
  if (!STRUCTURES.has(kind as number)) {
    shape.forEach((part) =>
      typeof part === 'object' || typeof part === 'function' ? membersOf(part, found, deeper) : 0,
    );
    return found;
  }
  (names as string[]).forEach((name, index) => {
    found.add(name);
    membersOf((types as unknown[])[index], found, deeper);
  });
  return found;
}

/** The texts of a file and of all that it imports of operations/. */
function textsOf(file: string, seen = new Map<string, string>()): Map<string, string> {
  if (!seen.has(file)) {
    const text = readFileSync(file, 'utf8');
    seen.set(file, text.replace(/\/\*\*[^]*?\*\//g, ''));
    for (const [, from = ''] of text.matchAll(/from '(\.[^']+)'/g)) {
      const other = resolve(dirname(file), `${from}.ts`);
      if (other.includes('/operations/') && existsSync(other)) {
        textsOf(other, seen);
      }
    }
  }
  return seen;
}

const exported = Object.entries(client) as [string, unknown][];
const answers = readdirSync(FOLDER).flatMap((file) => {
  const wanted = `${file.slice(0, -'.ts'.length).replaceAll('-', '')}$`;
  const [name = '', schema] = exported.find(([one]) => one.toLowerCase() === wanted) ?? [];
  return Array.isArray(schema) && schema[0] === OPERATION ? [[name.slice(0, -1), file, schema[5]] as const] : [];
});

test.each(answers)('%s', (_operation, file, output) => {
  const path = join(FOLDER, file);
  const made = [...textsOf(path).values()].join('\n');
  const [, gaps = ''] = /^ \* Gaps {5}(.*(?:\n \* {10}.*)*)/m.exec(readFileSync(path, 'utf8')) ?? [];
  const missing = [...membersOf(output)].filter((name) => !new RegExp(`\\b${name}\\b`).test(`${made}\n${gaps}`));
  expect(missing).toEqual([]);
});

test('the operations of AWS Backup are found, and with them what is deep in an answer', () => {
  expect(answers.length).toBeGreaterThan(100);
  const [, , output] = answers.find(([name]) => name === 'ListCopyJobs')!;
  expect([...membersOf(output)]).toEqual(expect.arrayContaining(['NextToken', 'BackupPlanArn', 'DeleteAfterDays']));
});
