import { cli, TEMPLATE } from './run-cli';

/** The template with mistakes of every severity, and one table that a waiver concerns. */
const FAULTY = TEMPLATE.replace('StartWindowMinutes: 60', 'StartWindowMinutes: 30').replace(
  'Lifecycle: { DeleteAfterDays: 90 }',
  'Lifecycle: { DeleteAfterDays: 5 }',
);
const WAIVERS = "- { rule: vault-lock-governance, path: '*', reason: the auditors asked for it }\n";
const FILES = { 'stack.yaml': TEMPLATE, 'faulty.yaml': FAULTY, 'waivers.yaml': WAIVERS };

// Renewed by `npm test -- --updateSnapshot`; read the difference before committing it.
test.each([
  'check stack.yaml',
  'check faulty.yaml --waivers waivers.yaml',
  'simulate stack.yaml --days 400',
  'next stack.yaml --from 2027-01-01 --count 2',
  'explain stack.yaml --days 1 --resource arn:aws:dynamodb:us-east-1:123456789012:table/orders',
  'explain stack.yaml --days 1 --resource arn:aws:s3:::logs-of-orders',
])('the text of %s', async (argv) => {
  const { stdout, stderr } = await cli(argv.split(' '), FILES);
  expect(stderr).toBe('');
  // Digests and generated ids have tests of their own.
  const text = stdout
    .replace(/sha256:[0-9a-f]{64}/, 'sha256:…')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>');
  expect(text).toMatchSnapshot();
});
