/**
 * Root modules out of `cdktf.out`, `cdk.tf.json` and other `*.tf.json` files.
 *
 * Pure: files come through `FileSource`.
 * Source   Output of cdktf 0.21 (manifest.json, stacks/<name>/cdk.tf.json); Terraform language docs, "Files and
 *          Directories" (all files of a directory are one module; `terraform.tfvars.json`, `*.auto.tfvars.json`).
 */
import { FileSource, IngestRefusal } from '../artifact';
import { askForAll } from '../given-names';
import { Configuration, configurationOf, joined } from './configuration';
import { ConfigurationModule } from './configuration-module';
import { evaluateJson } from './body';
import { fromJson, isObject, plain, Value } from './expression/values';
import { directoryOf, isJsonObject, joinPath, JsonObject, readJsonObject } from './json-file';
import type { Reading } from './reading';
import { once } from './reading';
import type { Root } from './root';

/** Stacks that a `cdktf.out` lists. @throws IngestRefusal when its manifest is none of cdktf's */
export function cdktfStackFiles(directory: string, files: FileSource): string[] {
  const manifestFile = joinPath(directory, 'manifest.json');
  const { stacks } = readJsonObject(manifestFile, files);
  if (!isJsonObject(stacks) || Object.keys(stacks).length === 0) {
    throw new IngestRefusal(manifestFile, 'stacks', 'must list the stacks that cdktf synthesized');
  }
  return Object.entries(stacks).map(([name, stack]) => {
    const path = isJsonObject(stack) ? stack['synthesizedStackPath'] : undefined;
    if (typeof path !== 'string')
      throw new IngestRefusal(manifestFile, `stacks.${name}`, 'has no synthesizedStackPath');
    const file = joinPath(directory, path);
    if (files.kindOf(file) === undefined && path.endsWith('.tf')) {
      throw new IngestRefusal(file, '', 'is HCL; synthesize JSON (cdktf synth without --hcl)');
    }
    return file;
  });
}

/** The root module in a file, or in all `*.tf.json` files of a directory. */
export function configurationRoot(path: string, reading: Reading): Root {
  const { files } = reading;
  const isDirectory = files.kindOf(path) === 'directory';
  const configuration = isDirectory ? readModule(path, path, reading) : readFile(path, directoryOf(path), files);
  if (configuration === undefined) throw new IngestRefusal(path, '', 'is a directory without *.tf.json files');
  askForAll(reading.options.parameters, configuration.variables.keys());
  const inputs = tfvars(isDirectory ? path : directoryOf(path), files);
  const findModule = (source: string, from: Configuration): Configuration | undefined =>
    /^\.{1,2}\//.test(source) ? readModule(joinPath(from.directory, source), undefined, reading) : undefined;
  const module = new ConfigurationModule(
    configuration,
    {
      path: '',
      input: (name) => (name in reading.options.parameters ? undefined : inputs.get(name)),
      provider: () => undefined,
    },
    reading,
    findModule,
  );
  for (const other of configuration.others)
    reading.skip(`${configuration.file}: ${other}`, other, 'blocks of this kind are not read');
  return {
    file: configuration.file,
    stackName: configuration.stackName,
    backend: backendOf(configuration, module),
    resources: once(() => module.resources(), []),
    outputNames: () => module.outputNames(),
    output: (name) => module.output(name),
  };
}

/** @param name what refusals call the module, the first file when left out */
function readModule(directory: string, name: string | undefined, reading: Reading): Configuration | undefined {
  const { files } = reading;
  if (files.kindOf(directory) !== 'directory') return undefined;
  const names = files.list(directory).filter((entry) => entry.endsWith('.tf.json'));
  const parts = names.map((entry) => readFile(joinPath(directory, entry), directory, files));
  if (parts.length === 0) return undefined;
  for (const entry of files.list(directory)) {
    if (!entry.endsWith('.tf')) continue;
    reading.skip(joinPath(directory, entry), 'HCL', 'only JSON is read; give terraform show -json of a plan');
  }
  const all = joined(parts);
  return name === undefined || parts.length === 1 ? all : { ...all, file: name };
}

function readFile(file: string, directory: string, files: FileSource): Configuration {
  return configurationOf(file, directory, readJsonObject(file, files));
}

/** Variables that Terraform loads by itself. */
function tfvars(directory: string, files: FileSource): Map<string, Value> {
  if (files.kindOf(directory) !== 'directory') return new Map();
  const names = files.list(directory);
  const loaded = [
    ...names.filter((name) => name === 'terraform.tfvars.json'),
    ...names.filter((name) => name.endsWith('.auto.tfvars.json')),
  ];
  return new Map(
    loaded.flatMap((name) =>
      Object.entries(readJsonObject(joinPath(directory, name), files)).map(([k, v]) => [k, fromJson(v)] as const),
    ),
  );
}

function backendOf({ backend }: Configuration, module: ConfigurationModule): Root['backend'] {
  if (backend === undefined) return undefined;
  // A backend takes literals only; evaluating undoes escapes.
  const config = evaluateJson(backend.config, module.scope);
  return { type: backend.type, config: isObject(config) ? (plain(config) as JsonObject) : backend.config };
}
