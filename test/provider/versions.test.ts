import * as os from 'node:os';
import * as fs from 'node:fs';
import * as path from 'node:path';

const ROOT = path.join(__dirname, '..', '..');
const PINNED = '@cdktf/provider-aws';

/** What Terraform reads of the stack with everything, after some modules took the place of others. */
function rendered(instead: () => void): Record<string, unknown> {
  let json: string | undefined;
  jest.isolateModules(() => {
    instead();
    const { App, Testing } = require('cdktf') as typeof import('cdktf');
    const { everything } = require('./support/everything') as typeof import('./support/everything');
    json = Testing.synth(
      everything(
        Testing.stubVersion(new App({ outdir: fs.mkdtempSync(path.join(os.tmpdir(), 'cdktf-')), stackTraces: false })),
      ),
    );
    jest.resetModules();
  });
  return JSON.parse(json as string) as Record<string, unknown>;
}

function replace(module: string, by: string): void {
  jest.doMock(module, () => jest.requireActual(by));
}

/** Another release of the prebuilt provider. */
function release(name: string): void {
  replace(`${PINNED}/package.json`, `${name}/package.json`);
  imported().forEach((module) => replace(`${PINNED}/lib/${module}`, `${name}/lib/${module}`));
}

/** The modules of the prebuilt provider that the constructs and the stack import. */
function imported(): string[] {
  const folders = ['provider/src', 'provider/src/private', 'test/provider/support'];
  const sources = folders.flatMap((folder) =>
    fs
      .readdirSync(path.join(ROOT, folder))
      .filter((file) => file.endsWith('.ts'))
      .map((file) => fs.readFileSync(path.join(ROOT, folder, file), 'utf8')),
  );
  const modules = sources.flatMap((text) => [...text.matchAll(/from '@cdktf\/provider-aws\/lib\/([\w-]+)'/g)]);
  return [...new Set(modules.map((match) => match[1] as string))];
}

function requiredVersion(json: Record<string, unknown>): string {
  const { required_providers: required } = json.terraform as { required_providers: { aws: { version: string } } };
  return required.aws.version;
}

afterEach(() => jest.resetModules());

test('renders the same with both releases that the peer range admits, version 5 and version 6 of the AWS provider', () => {
  const [five, six] = [rendered(() => undefined), rendered(() => release('cdktf-provider-aws-21'))];
  expect(requiredVersion(five)).toBe('5.100.0');
  expect(requiredVersion(six)).toMatch(/^6\./);
  expect({ ...six, terraform: five.terraform }).toEqual(five);
});

test('renders the same for CDK Terrain', () => {
  const terrain = rendered(() => {
    release('@cdktn/provider-aws');
    replace('cdktf', 'cdktn');
    replace('@holdfast/cdktf', '@holdfast/cdktn');
  });
  expect(requiredVersion(terrain)).toMatch(/^6\./);
  const five = rendered(() => undefined);
  expect({ ...terrain, terraform: five.terraform }).toEqual(five);
});
