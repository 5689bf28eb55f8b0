import * as os from 'node:os';
import * as fs from 'node:fs';
import * as path from 'node:path';

const ROOT = path.join(__dirname, '..', '..');
const PINNED = '@cdktf/provider-aws';
const NEWER = 'cdktf-provider-aws-21';

/** What Terraform reads of the stack with everything, rendered by one release of the prebuilt provider. */
function rendered(release: string): Record<string, unknown> {
  let json: string | undefined;
  jest.isolateModules(() => {
    if (release !== PINNED) {
      jest.doMock(`${PINNED}/package.json`, () => jest.requireActual(`${release}/package.json`));
      for (const module of imported()) {
        jest.doMock(`${PINNED}/lib/${module}`, () => jest.requireActual(`${release}/lib/${module}`));
      }
    }
    const { App, Testing } = jest.requireActual<typeof import('cdktf')>('cdktf');
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

test('renders the same with both releases that the peer range admits, version 5 and version 6 of the AWS provider', () => {
  const [five, six] = [rendered(PINNED), rendered(NEWER)];
  expect(requiredVersion(five)).toBe('5.100.0');
  expect(requiredVersion(six)).toMatch(/^6\./);
  expect({ ...six, terraform: five.terraform }).toEqual(five);
});
