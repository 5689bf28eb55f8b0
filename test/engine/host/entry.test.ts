// Which file stands for a way into the engine.
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ROOT } from '../../support/sources';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-entry-'));
  const compiled = ['build/a', 'build/domain/b'].flatMap((name) => [`${name}.js`, `${name}.d.ts`]);
  for (const file of [...compiled, 'build/console/page.js', 'build/bundle/x.js', 'build/bundle/y.js']) {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), '');
    compiledAt(file, 100);
  }
  fs.mkdirSync(path.join(folder, 'bin'));
  fs.copyFileSync(path.join(ROOT, 'engine', 'bin', 'entry.js'), path.join(folder, 'bin', 'entry.js'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

function compiledAt(file: string, seconds: number): void {
  fs.utimesSync(path.join(folder, file), seconds, seconds);
}

function bundleOf(name: string): string | undefined {
  const entry = jest.requireActual<{ bundleOf: (name: string) => string | undefined }>(
    path.join(folder, 'bin', 'entry.js'),
  );
  return entry.bundleOf(name);
}

test('a bundle counts unless something was compiled since; what has no types was not compiled', () => {
  fs.mkdirSync(path.join(folder, 'src'));
  const bundle = path.join(folder, 'build', 'bundle', 'x.js');
  expect([bundleOf('x.js'), bundleOf('none.js')]).toEqual([bundle, undefined]);
  compiledAt('build/bundle/y.js', 200);
  compiledAt('build/console/page.js', 200);
  compiledAt('build/domain/b.d.ts', 200);
  expect(bundleOf('x.js')).toBe(bundle);
  compiledAt('build/domain/b.js', 101);
  expect(bundleOf('x.js')).toBeUndefined();
});

test('where there are no sources, as in a package that was installed, a bundle always counts', () => {
  compiledAt('build/a.js', 200);
  expect(bundleOf('x.js')).toBe(path.join(folder, 'build', 'bundle', 'x.js'));
});
