/**
 * `holdfast adopt`: the backups of an account as code, for the AWS CDK and for the Terraform CDK.
 *
 * Pure: the host writes the files.
 * Source   design.md section 2, `adopt`.
 */
import type { Command } from 'commander';
import { accountOf, commandsOf, type Place, placesOf } from '../adopt/adopt';
import { cdkApp } from '../adopt/cdk-app';
import { cdktfApp } from '../adopt/terraform-app';
import type { CommandHost } from '../host/terminal';
import { ACCESS_ASTRAY, readArtifacts } from '../ingest/read-artifacts';
import { addPlaceFlags, type PlaceFlags, readOptions, requireFlags } from './options';
import { writeAs } from './print';
import { plural } from './tables';
import { UsageError } from './usage-error';

interface AdoptFlags extends PlaceFlags {
  readonly out: string;
}

export function addAdopt(program: Command, host: CommandHost, exit: (code: number) => void): void {
  addPlaceFlags(requireFlags(program.command('adopt'), 'out'), 'that an artifact leaves open')
    .description('write declarations, for the AWS CDK and the Terraform CDK, that reproduce the backups of an account')
    .argument('<artifact...>', 'what `holdfast inventory` wrote of the account, or any other artifact')
    .option('--out <folder>', 'where cdk/app.ts, cdktf/main.ts and account.json go (required)')
    .action((artifacts: string[], flags: AdoptFlags) => exit(adopt(artifacts, flags, host)));
}

function adopt(artifacts: readonly string[], flags: AdoptFlags, host: CommandHost): number {
  const { estate, notRead } = readArtifacts(artifacts, readOptions(flags), host.files);
  const places = placesOf(estate);
  if (places.length === 0) {
    throw new UsageError('there is nothing to adopt: no vault, no plan and no policy is declared');
  }
  const terraform = cdktfApp(places);
  const files = {
    'cdk/app.ts': cdkApp(places),
    'cdktf/main.ts': terraform.text,
    'account.json': accountOf(estate),
  };
  for (const [name, text] of Object.entries(files)) {
    writeAs('--out', `${flags.out}/${name}`, text, host);
    host.stdout.write(`${flags.out}/${name}\n`);
  }
  const count = (of: (place: Place) => number): number => places.reduce((sum, place) => sum + of(place), 0);
  const vaults = count((place) => place.vaults.length + place.logicallyAirGappedVaults.length);
  const policies = count((place) => place.policies.length);
  const ofOrganization = policies === 0 ? '' : `, and ${policies} of an organization's policies`;
  const plans = plural(
    count((place) => place.plans.length),
    'plan',
  );
  const what = `${plural(vaults, 'vault')} and ${plans}${ofOrganization}`;
  host.stdout.write(`${what}; simulate each with account.json beside it\n`);
  const left = [
    // Access to a vault elsewhere is declared all the same.
    ...notRead.filter(({ type }) => type !== ACCESS_ASTRAY).map(({ path, reason }) => `${path}: ${reason}`),
    ...terraform.leftOut.map((one) => `cdktf: ${one}`),
  ];
  left.forEach((one) => host.stderr.write(`left out: ${one}\n`));
  const commands = commandsOf(estate);
  commands.forEach((one) =>
    host.stderr.write(`left out: settings of types that Holdfast does not know; to set them: ${one}\n`),
  );
  return terraform.leftOut.length + commands.length === 0 ? 0 : 1;
}
