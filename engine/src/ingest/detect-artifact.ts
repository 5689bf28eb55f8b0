/**
 * Tells which form of artifact a path holds, and opens it as far as that takes.
 *
 * Pure: files come through `FileSource`.
 * Source   design.md section 2, Artifacts. Marks of other tools: `$schema` of Azure Resource Manager, `apiVersion` and
 *          `kind` of Kubernetes, `Transform` of SAM, `terraform_version` and `lineage` of a raw Terraform state.
 */
import type { Environment } from '@holdfast/model';
import { BlueprintDocument } from '@holdfast/model';
import type { FileSource, NotRead } from './artifact';
import { IngestRefusal } from './artifact';
import { readAssembly } from './cloudformation/assembly';
import type { StackSource } from './cloudformation/stack';
import { directoryOf, join } from './cloudformation/stack';
import { readDocument } from './document';
import { isObject } from './shape';
import { detectTerraform } from './terraform/detect-terraform';
import type { TerraformInput } from './terraform/read-terraform';

/** An artifact, its form known. */
export type Artifact =
  | { readonly form: 'cloudformation'; readonly stacks: readonly StackSource[]; readonly notRead: readonly NotRead[] }
  | { readonly form: 'terraform'; readonly input: TerraformInput }
  | { readonly form: 'blueprint'; readonly file: string; readonly document: unknown };

const EXPECTED =
  'expected a cloud assembly (cdk.out), a CloudFormation template, a cdktf.out folder or cdk.tf.json, ' +
  'the output of terraform show -json, or a blueprint';

/**
 * The form of the artifact at a path.
 *
 * @throws IngestRefusal when there is nothing, or something else
 */
export function detectArtifact(path: string, fallback: Environment, files: FileSource): Artifact {
  const kind = files.kindOf(path);
  if (kind === undefined) {
    throw new IngestRefusal(path, '', `does not exist; ${EXPECTED}`);
  }
  return kind === 'directory' ? inDirectory(path, fallback, files) : inFile(path, fallback, files);
}

function inDirectory(path: string, fallback: Environment, files: FileSource): Artifact {
  const names = files.list(path);
  const manifest = join(path, 'manifest.json');
  if (names.includes('manifest.json') && !isCdktfManifest(readDocument(manifest, files))) {
    return { form: 'cloudformation', ...assembly(path, fallback, files) };
  }
  const input = detectTerraform(path, files);
  if (input !== undefined) {
    return { form: 'terraform', input };
  }
  if (names.length === 0) {
    throw new IngestRefusal(path, '', `is an empty directory; ${EXPECTED}`);
  }
  const inside = names.find((name) => name === 'cdk.out' || name === 'cdktf.out');
  const hint = names.some((name) => name.endsWith('.tf'))
    ? 'Terraform written as .tf is read through terraform show -json of its plan'
    : inside !== undefined
      ? `give ${join(path, inside)}`
      : EXPECTED;
  throw new IngestRefusal(path, '', `is a directory without artifacts; ${hint}`);
}

function assembly(
  path: string,
  fallback: Environment,
  files: FileSource,
): { readonly stacks: StackSource[]; readonly notRead: NotRead[] } {
  const found = readAssembly(path, fallback, files);
  if (found.stacks.length === 0) {
    throw new IngestRefusal(join(path, 'manifest.json'), '', 'is a cloud assembly without stacks');
  }
  return found;
}

function isCdktfManifest(manifest: unknown): boolean {
  return isObject(manifest) && isObject(manifest['stacks']) && manifest['artifacts'] === undefined;
}

function inFile(path: string, fallback: Environment, files: FileSource): Artifact {
  if (/\.tf$/i.test(path)) {
    throw new IngestRefusal(
      path,
      '',
      'is Terraform written as .tf; give terraform show -json of its plan, or cdktf.out',
    );
  }
  const text = isBlueprintText(path, files) ? 'plain' : 'cloudformation';
  const document = readDocument(path, files, text);
  if (isObject(document)) {
    if (typeof document['schema'] === 'string' && document['schema'].startsWith('holdfast.')) {
      return blueprint(path, document);
    }
    if (isObject(document['Resources']) && !isOfAnotherTool(document)) {
      return { form: 'cloudformation', stacks: [templateSource(path, document, fallback)], notRead: [] };
    }
    if (isObject(document['artifacts']) && typeof document['version'] === 'string') {
      return { form: 'cloudformation', ...assembly(directoryOf(path) || '.', fallback, files) };
    }
  }
  const input = detectTerraform(path, files);
  if (input !== undefined) {
    return { form: 'terraform', input };
  }
  throw new IngestRefusal(path, '', `${whatItIs(document)}; ${EXPECTED}`);
}

/** Blueprints are read as YAML 1.2 without CloudFormation's tags. */
function isBlueprintText(path: string, files: FileSource): boolean {
  return files.sizeBytes(path) < 1024 * 1024 && /^["']?schema["']?\s*:\s*["']?holdfast\./m.test(files.read(path));
}

function blueprint(file: string, document: Readonly<Record<string, unknown>>): Artifact {
  if (document['schema'] !== BlueprintDocument.SCHEMA) {
    throw new IngestRefusal(
      file,
      'schema',
      `must be ${BlueprintDocument.SCHEMA}, got ${JSON.stringify(document['schema'])}`,
    );
  }
  return { form: 'blueprint', file, document };
}

function templateSource(file: string, document: unknown, env: Environment): StackSource {
  const base = file.slice(file.lastIndexOf('/') + 1);
  const stackName = base.replace(/\.(json|ya?ml|template)$/i, '').replace(/\.template$/i, '');
  return { file, document, stackName, env, tags: {}, parameters: {}, assets: new Map() };
}

function isOfAnotherTool(document: Readonly<Record<string, unknown>>): boolean {
  return document['apiVersion'] !== undefined && document['kind'] !== undefined;
}

/** What a document is that is no artifact, as far as it can be told. */
function whatItIs(document: unknown): string {
  if (Array.isArray(document)) {
    return document.some((entry) => isObject(entry) && ('arn' in entry || ('type' in entry && 'name' in entry)))
      ? 'is a list, as an inventory is (give it with --inventory)'
      : 'is a list';
  }
  if (!isObject(document)) {
    return `is ${document === null ? 'empty' : `a ${typeof document}`}, not an object`;
  }
  const has = (key: string): boolean => document[key] !== undefined;
  if (typeof document['$schema'] === 'string' && document['$schema'].includes('deploymentTemplate.json')) {
    return 'is an Azure Resource Manager template';
  }
  if (has('apiVersion') && has('kind')) {
    return 'is a Kubernetes manifest';
  }
  if (has('AWSTemplateFormatVersion') || has('Transform') || has('Resources')) {
    return 'is a template without a Resources section';
  }
  if (has('lineage') && has('terraform_version')) {
    return 'is a raw Terraform state (give terraform show -json)';
  }
  const own = ['vaults', 'logicallyAirGappedVaults', 'plans', 'regionSettings'].filter(has);
  if (own.length > 0) {
    return `has ${own.join(' and ')}, as a blueprint has, but no schema; a blueprint begins with schema: ${BlueprintDocument.SCHEMA}`;
  }
  if (has('service') && has('provider')) {
    return 'is a configuration of the Serverless Framework';
  }
  if (has('services')) {
    return 'is a Docker Compose file';
  }
  return 'is none of the forms that are read';
}
