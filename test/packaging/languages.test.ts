import * as fs from 'node:fs';
import * as path from 'node:path';
import { ROOT, trackedFiles } from '../support/sources';
import { temporaryFolder } from '../support/synth';
import { describePackaging, expectBuilt, PATIENCE_MS, run } from './gate';

/** A file that the bindings of a language cannot be without, and a word that one of them carries. */
const LANGUAGES: Readonly<Record<string, RegExp>> = {
  js: /\.tgz$/,
  python: /__init__\.py$/,
  java: /\.java$/,
  dotnet: /\.cs$/,
  go: /\.go$/,
};

/** A class of each package that its users in every language must find. */
const CLASSES: readonly [folder: string, className: string][] = [
  ['model', 'EstateRules'],
  ['lib', 'Vault'],
  ['nag', 'HoldfastPack'],
  ['provider', 'Vault'],
];

function filesBelow(folder: string): string[] {
  return fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name));
}

describePackaging('the jsii packages in five languages (jsii-pacmak --code-only)', () => {
  test.each(CLASSES)(
    '%s makes code for all five',
    (folder, className) => {
      expectBuilt();
      const out = temporaryFolder(`pacmak-${folder}`);
      const pacmak = path.join(ROOT, 'node_modules', '.bin', 'jsii-pacmak');
      run(ROOT, pacmak, ['--code-only', '--outdir', out, path.join(ROOT, folder)]);
      for (const [language, shape] of Object.entries(LANGUAGES)) {
        const files = filesBelow(path.join(out, language)).filter((file) => shape.test(file));
        expect({ language, made: files.length > 0 }).toEqual({ language, made: true });
        if (language !== 'js') {
          const named = files.some((file) => fs.readFileSync(file, 'utf8').includes(className));
          expect({ language, className, named }).toEqual({ language, className, named: true });
        }
      }
      // The work is done beside the sources; nothing of it may stay.
      expect(trackedFiles(folder).filter((file) => /\.tgz$|\.jsii\.tabl/.test(file))).toEqual([]);
    },
    PATIENCE_MS,
  );
});
