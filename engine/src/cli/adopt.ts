/**
 * `holdfast adopt`: the backups of an account as code, for the AWS CDK and for the Terraform CDK.
 *
 * Pure: the host writes the files.
 * Source   design.md section 2, `adopt`.
 */
import type { Command } from 'commander';
import { accountOf, placesOf } from '../adopt/adopt';
import { cdkApp } from '../adopt/cdk-app';
import { cdktfApp } from '../adopt/terraform-app';
import type { CommandHost } from '../host/terminal';
import { readArtifacts } from '../ingest/read-artifacts';
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
    throw new UsageError('there is nothing to adopt: no vault and no plan is declared');
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
  const { vaults, plans } = places.reduce(
    (sum, place) => ({
      vaults: sum.vaults + place.vaults.length + place.logicallyAirGappedVaults.length,
      plans: sum.plans + place.plans.length,
    }),
    { vaults: 0, plans: 0 },
  );
  host.stdout.write(
    `${plural(vaults, 'vault')} and ${plural(plans, 'plan')}; simulate each with account.json beside it\n`,
  );
  const left = [
    ...notRead.map(({ path, reason }) => `${path}: ${reason}`),
    ...terraform.leftOut.map((one) => `cdktf: ${one}`),
  ];
  left.forEach((one) => host.stderr.write(`left out: ${one}\n`));
  return terraform.leftOut.length === 0 ? 0 : 1;
}
