import { cli, TEMPLATE } from './run-cli';

const FILES = { 'stack.yaml': TEMPLATE };

/** A command line and the one line that refuses it. */
// prettier-ignore
const REFUSED: [argv: string, line: string][] = [
  // Missing.
  ['check',                                                'missing required argument \'artifact\''],
  ['simulate stack.yaml',                                  "--days must be given"],
  ['explain stack.yaml --days 3',                          '--resource must be given'],
  ['simulate stack.yaml --days',                           "option '--days <n>' argument missing"],
  // Days, counts, seeds: whole numbers with both bounds.
  ['simulate stack.yaml --days 0',                         "--days must be a whole number from 1 to 36500, got '0'"],
  ['simulate stack.yaml --days 36501',                     "--days must be a whole number from 1 to 36500, got '36501'"],
  ['simulate stack.yaml --days -1',                        "--days must be a whole number from 1 to 36500, got '-1'"],
  ['simulate stack.yaml --days 1.5',                       "--days must be a whole number from 1 to 36500, got '1.5'"],
  ['simulate stack.yaml --days 1e3',                       "--days must be a whole number from 1 to 36500, got '1e3'"],
  ['simulate stack.yaml --days soon',                      "--days must be a whole number from 1 to 36500, got 'soon'"],
  ['next stack.yaml --count 0',                            "--count must be a whole number from 1 to 10000, got '0'"],
  ['next stack.yaml --count 10001',                        "--count must be a whole number from 1 to 10000, got '10001'"],
  ['simulate stack.yaml --days 1 --seed -1',               "--seed must be a whole number from 0 to 4294967295, got '-1'"],
  ['simulate stack.yaml --days 1 --seed 4294967296',       "--seed must be a whole number from 0 to 4294967295, got '4294967296'"],
  ['simulate stack.yaml --days 1 --bucket-quota 99',       "--bucket-quota must be a whole number from 100 to 1000, got '99'"],
  ['cost stack.yaml --months 1 --bucket-quota 1001',       "--bucket-quota must be a whole number from 100 to 1000, got '1001'"],
  // Instants.
  ['simulate stack.yaml --days 1 --start tomorrow',        '--start must be a date or a time with zone from 1970 to 2199'],
  ['simulate stack.yaml --days 1 --start 2027-01-01T00:00',"--start must be a date or a time with zone from 1970 to 2199"],
  ['simulate stack.yaml --days 1 --start 2027-02-29',      "got '2027-02-29'"],
  ['simulate stack.yaml --days 1 --start 1969-12-31',      "got '1969-12-31'"],
  ['simulate stack.yaml --days 1 --start 2200-01-01',      "got '2200-01-01'"],
  ['next stack.yaml --from 01/02/2027',                    "--from must be a date or a time with zone from 1970 to 2199"],
  // Cost.
  ['cost stack.yaml',                                      '--months must be given'],
  ['cost stack.yaml --months 0',                           "--months must be a whole number from 1 to 1200, got '0'"],
  ['cost stack.yaml --months 1201',                        "--months must be a whole number from 1 to 1200, got '1201'"],
  ['cost stack.yaml --months 3 --budget much',             "--budget must be dollars such as 250 or 99.50, got 'much'"],
  ['cost stack.yaml --months 3 --budget -1',               "--budget must be dollars such as 250 or 99.50, got '-1'"],
  ['cost stack.yaml --months 3 --prices none.json',        'none.json'],
  ['check stack.yaml --budget 5',                          "unknown option '--budget'"],
  ['prices',                                               '--regions must be given, or offer files'],
  ['inventory',                                            '--regions must be given'],
  ['inventory --regions us-east-1 --rate 0',               "--rate must be a whole number from 1 to 1000, got '0'"],
  ['prices --regions Frankfurt',                           "--regions must be Regions such as eu-central-1,us-east-1, got 'Frankfurt'"],
  ['adopt',                                                'missing required argument \'artifact\''],
  ['adopt stack.yaml',                                     '--out must be given'],
  // Environment.
  ['check stack.yaml --account 12345678901',               "--account must be 12 digits, got '12345678901'"],
  ['check stack.yaml --account 1234567890123',             "--account must be 12 digits, got '1234567890123'"],
  ['check stack.yaml --region Frankfurt',                  "--region must be a Region such as eu-central-1, got 'Frankfurt'"],
  ['check stack.yaml --partition gcp',                     "--partition must be a partition such as aws, aws-cn or aws-us-gov, got 'gcp'"],
  // What is left to deploy time.
  ['check stack.yaml --parameter Days',                    "--parameter must be Name=Value, got 'Days'"],
  ['check stack.yaml --parameter =35',                     "--parameter must be Name=Value, got '=35'"],
  ['check stack.yaml --value Plan.x=abc',                  "--value must be path=json, where text is quoted (path=\"text\"), got 'Plan.x=abc'"],
  ['check stack.yaml --value =1',                          "--value must be path=json"],
  // Ports of databases.
  ['serve --databases 0',                                  "--databases must be a port or up to 100 of them, such as 5500-5549, got '0'"],
  ['serve --databases 5500-5600',                          "--databases must be a port or up to 100 of them, such as 5500-5549, got '5500-5600'"],
  ['serve --databases 5501-5500',                          "--databases must be a port or up to 100 of them, such as 5500-5549, got '5501-5500'"],
  ['serve --databases 65535-65536',                        "--databases must be a port or up to 100 of them, such as 5500-5549, got '65535-65536'"],
  // One of a few.
  ['check stack.yaml --format xml',                        "--format must be text or json or sarif or junit or baseline, got 'xml'"],
  ['simulate stack.yaml --days 3 --format sarif',          "--format must be text or json, got 'sarif'"],
  ['simulate stack.yaml --days 3 --baseline b.json',       "unknown option '--baseline'"],
  ['check stack.yaml --fail-on info',                      "--fail-on must be error or warning or note, got 'info'"],
  // Not known.
  ['check stack.yaml --fail-no error',                     "unknown option '--fail-no'"],
  ['explain stack.yaml --resourc arn:aws:s3:::x',          'Did you mean --resource?'],
  ['simulate stack.yaml --dais 3',                         'Did you mean --days?'],
  ['check stack.yaml --enforce-iam',                       "unknown option '--enforce-iam'"],
  ['next stack.yaml --standard hipaa',                     "unknown option '--standard'"],
  ['chekc stack.yaml',                                     'Did you mean check?'],
];

test.each(REFUSED)('fails with one clear line: %s', async (argv, line) => {
  const result = await cli(argv.split(' '), FILES);
  expect(result.stderr).toContain(line);
  expect(result.stderr).toMatch(/^error: [^\n]*\n(\(Did you mean [^\n]*\n)?$/);
  expect(result.stdout).toBe('');
  expect(result.code).toBe(2);
});

test('help names every command and the exit codes', async () => {
  const result = await cli(['--help']);
  expect(result.code).toBe(0);
  expect(result.stderr).toBe('');
  for (const word of [
    'check',
    'simulate',
    'next',
    'explain',
    'Exit codes',
    'attack',
    'serve',
    'cost',
    'inventory',
    'prices',
    'adopt',
  ]) {
    expect(result.stdout).toContain(word);
  }
});

test('help of a command names its flags with their defaults, and none of another command', async () => {
  const result = await cli(['simulate', '--help']);
  expect(result.code).toBe(0);
  for (const text of ['--days', '--start', '2027-01-01T00:00:00Z', '--seed', '123456789012', 'us-east-1']) {
    expect(result.stdout).toContain(text);
  }
  expect(result.stdout).toContain('--report <file>');
  expect(result.stdout).toContain('--enforce-iam');
  expect(result.stdout).not.toContain('--months');
});

test('the version is the one of the package', async () => {
  const result = await cli(['--version']);
  expect([result.code, result.stdout, result.stderr]).toEqual([0, '1.2.3\n', '']);
});

test('without a command, help goes to stderr and nothing ran', async () => {
  const result = await cli([]);
  expect(result.code).toBe(2);
  expect(result.stderr).toContain('Usage: holdfast');
  expect(result.stdout).toBe('');
});
