/**
 * Artifacts of every form, as one estate.
 *
 * Pure: files come through `FileSource`.
 * Source   design.md section 2: artifacts, what ingest resolves, what it refuses.
 */
import type { Estate } from '@holdfast/model';
import { vaultArn } from '../domain/vaults';
import type { FileSource, NotRead, ReadOptions, ReadResult } from './artifact';
import { readBlueprint } from './blueprint/read-blueprint';
import { readCloudFormation } from './cloudformation/read-cloudformation';
import type { Artifact } from './detect-artifact';
import { detectArtifact } from './detect-artifact';
import { GivenNames } from './given-names';
import { joinEstates } from './join-estates';
import { readTerraform } from './terraform/read-terraform';
import { withParts } from './organizations';
import { GatheredRefusals } from './refusals';
import { overSelections } from './waivers';

/** What a restore access vault is listed as whose source is not there. */
export const ACCESS_ASTRAY = 'RestoreAccessVault';

/**
 * Reads artifacts: detects the form of each, resolves what they say of each other, and joins them.
 *
 * @throws IngestRefusal naming file and place; IngestRefusals where that is more than one thing
 */
export function readArtifacts(paths: readonly string[], options: ReadOptions, files: FileSource): ReadResult {
  const given = new GivenNames(options);
  const result = readAll(paths, given.options, files);
  given.refuseUnasked(paths.join(', '));
  return result;
}

function readAll(paths: readonly string[], options: ReadOptions, files: FileSource): ReadResult {
  const refusals = new GatheredRefusals();
  const artifacts = [...new Set(paths)].flatMap(
    (path) => refusals.attempt(() => detectArtifact(path, options.env, files)) ?? [],
  );
  // What others say of an artifact that is not there would be refused for nothing.
  refusals.settle();
  const results: ReadResult[] = [];
  const take = (read: () => ReadResult): void => {
    results.push(...[refusals.attempt(read) ?? []].flat());
  };
  const stacks = artifacts.filter((artifact) => artifact.form === 'cloudformation');
  if (stacks.length > 0) {
    const sources = stacks.flatMap((artifact) => artifact.stacks);
    take(() => {
      const read = readCloudFormation(sources, options, files);
      return { ...read, notRead: [...stacks.flatMap((artifact) => artifact.notRead), ...read.notRead] };
    });
  }
  const terraform = artifacts.filter((artifact) => artifact.form === 'terraform');
  if (terraform.length > 0) {
    const inputs = terraform.map(({ input }) => input);
    take(() => readTerraform(inputs, options, files));
  }
  for (const { file, document } of artifacts.filter(isBlueprint)) {
    take(() => readBlueprint(file, document, options));
  }
  refusals.settle();
  return join(results);
}

function isBlueprint(artifact: Artifact): artifact is Extract<Artifact, { form: 'blueprint' }> {
  return artifact.form === 'blueprint';
}

function join(results: readonly ReadResult[]): ReadResult {
  const { estate: together, twice } = joinEstates(results.map((result): Estate => result.estate));
  const parts = results.flatMap((result) => result.organizationParts ?? []);
  const { organizations, notRead: strays } = withParts(together.organizations ?? [], parts);
  const estate =
    parts.length === 0
      ? together
      : { ...together, ...(organizations.length > 0 && { organizations: [...organizations] }) };
  const written = results.flatMap((result) => result.waivers ?? []);
  const waivers = overSelections(written, estate.plans ?? []);
  const strangers = results.flatMap((result) => result.strangers ?? []);
  const locksWithoutMinimum = results.flatMap((result) => result.locksWithoutMinimum ?? []);
  return {
    estate,
    notRead: [...results.flatMap((result) => result.notRead), ...twice, ...strays, ...accessAstray(estate)],
    ...(waivers.length > 0 && { waivers }),
    ...(locksWithoutMinimum.length > 0 && { locksWithoutMinimum }),
    ...(strangers.length > 0 && { strangers }),
  };
}

/** Restore access vaults whose source no artifact has: nobody could say what they show, and deploy asks for none. */
function accessAstray({ restoreAccessVaults = [], logicallyAirGappedVaults = [] }: Estate): NotRead[] {
  const sources = new Set(logicallyAirGappedVaults.map((one) => vaultArn(one.env, one.backupVaultName)));
  return restoreAccessVaults
    .filter(({ sourceBackupVaultArn }) => !sources.has(sourceBackupVaultArn))
    .map(({ sourceBackupVaultArn: source, declaredAt: path = source }) => ({
      path,
      type: ACCESS_ASTRAY,
      reason: `its source ${source} is in no artifact given`,
    }));
}
