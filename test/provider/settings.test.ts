import * as fs from 'node:fs';
import * as path from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { GlobalSettings, GlobalSettingsProps, RegionSettings, RegionSettingsProps } from '@holdfast/cdktf';
import { RegionSettingsRules } from '@holdfast/model';
import { TerraformStack, Token } from 'cdktf';
import { exercised, skipped } from '../support/programs';
import { synthCdktf } from '../support/synth';
import { findTerraform, isAbsent, PROVIDER_VERSION, runTerraform } from '../support/terraform';
import { offline } from './support/everything';
import { addresses, annotations, comment, only, refusal, stackOf, variables } from './support/stacks';

const GLOBAL = 'aws_backup_global_settings';
const REGION = 'aws_backup_region_settings';

const globalOf = (props: GlobalSettingsProps, stack = stackOf()) => {
  new GlobalSettings(stack, 'Settings', props);
  return only(stack, GLOBAL);
};
const regionOf = (props: RegionSettingsProps, stack = stackOf()) => {
  new RegionSettings(stack, 'Settings', props);
  return only(stack, REGION);
};
const ignored = (argument: string, keys: string[]) => keys.map((key) => `${argument}["${key}"]`);

describe('of an organization', () => {
  test('are texts, and what is not declared stays as it is', () => {
    expect(globalOf({ isCrossAccountBackupEnabled: true })).toEqual({
      global_settings: { isCrossAccountBackupEnabled: 'true' },
      lifecycle: { ignore_changes: ignored('global_settings', ['isMpaEnabled', 'isDelegatedAdministratorEnabled']) },
    });
  });

  test('are all declared, and nothing is ignored', () => {
    const props = {
      isCrossAccountBackupEnabled: false,
      isMpaEnabled: true,
      isDelegatedAdministratorEnabled: false,
    };
    expect(globalOf(props)).toEqual({
      global_settings: {
        isCrossAccountBackupEnabled: 'false',
        isMpaEnabled: 'true',
        isDelegatedAdministratorEnabled: 'false',
      },
    });
  });

  test('may be tokens', () => {
    const stack = stackOf();
    const isMpaEnabled = Token.asAny(variables(stack).text('mpa')) as unknown as boolean;
    expect(globalOf({ isMpaEnabled }, stack).global_settings).toEqual({ isMpaEnabled: '${var.mpa}' });
  });

  test('are worth a warning where there are none, which can be waived', () => {
    const stack = stackOf();
    globalOf({}, stack);
    expect(annotations(stack, 'warn')).toEqual([expect.stringContaining('[global-settings-empty]')]);
    const other = stackOf();
    const waivers = [{ rule: 'global-settings-empty', path: '*', reason: 'soon' }];
    globalOf({ waivers }, other);
    expect(comment(other, GLOBAL)).toEqual({ waivers });
  });

  test('are made by the provider that is named, and keep their address', () => {
    const stack = stackOf();
    const provider = new AwsProvider(stack, 'Other', { alias: 'management' });
    expect(globalOf({ isMpaEnabled: true, provider }, stack).provider).toBe('aws.management');
    expect(addresses(stack)).toEqual(['aws_backup_global_settings.Settings_1CCB6159']);
  });
});

describe('of a Region', () => {
  test('are those declared, and other types stay as they are', () => {
    const optIn = RegionSettingsRules.optInKeys().filter((key) => !['EBS', 'S3'].includes(key));
    expect(optIn).toContain('Storage Gateway');
    expect(regionOf({ resourceTypeOptInPreference: { EBS: true, S3: false } })).toEqual({
      resource_type_opt_in_preference: { EBS: true, S3: false },
      lifecycle: {
        ignore_changes: [...ignored('resource_type_opt_in_preference', optIn), 'resource_type_management_preference'],
      },
    });
  });

  test('leave the opt-ins alone where management alone is declared', () => {
    const management = RegionSettingsRules.managementKeys().filter((key) => key !== 'EFS');
    expect(regionOf({ resourceTypeManagementPreference: { EFS: true } })).toEqual({
      resource_type_opt_in_preference: {},
      resource_type_management_preference: { EFS: true },
      lifecycle: {
        ignore_changes: [
          'resource_type_opt_in_preference',
          ...ignored('resource_type_management_preference', management),
        ],
      },
    });
  });

  test('ignore no key of a map that Terraform alone knows', () => {
    const stack = stackOf();
    const map = Token.asAnyMap(variables(stack).text('map')) as { [key: string]: boolean };
    expect(regionOf({ resourceTypeOptInPreference: map }, stack).lifecycle).toEqual({
      ignore_changes: ['resource_type_management_preference'],
    });
  });

  test('fails on keys that AWS Backup does not have, all at once', () => {
    const declare = () =>
      regionOf({ resourceTypeOptInPreference: { Floppy: true }, resourceTypeManagementPreference: { Tape: true } });
    expect(refusal(declare)).toMatch(/^S\/Settings: 2 value\(s\)/);
    expect(refusal(declare)).toContain('[region-settings-opt-in-key]');
    expect(refusal(declare)).toContain('[region-settings-management-key]');
  });

  test('are made by the provider that is named, and keep their address', () => {
    const stack = stackOf();
    const provider = new AwsProvider(stack, 'Other', { alias: 'west', region: 'eu-west-1' });
    expect(regionOf({ resourceTypeOptInPreference: { EBS: true }, provider }, stack).provider).toBe('aws.west');
    expect(addresses(stack)).toEqual(['aws_backup_region_settings.Settings_1CCB6159']);
  });
});

const programs = findTerraform();
if (isAbsent(programs)) {
  skipped('terraform', programs.reason);
}
const withTerraform = isAbsent(programs) ? test.skip : test;

/** What AWS Backup tells of the settings: more than is declared. */
const STATE: Record<string, Record<string, Record<string, unknown>>> = {
  [GLOBAL]: {
    global_settings: {
      isCrossAccountBackupEnabled: 'true',
      isMpaEnabled: 'true',
      isDelegatedAdministratorEnabled: 'false',
    },
  },
  [REGION]: {
    resource_type_opt_in_preference: { EBS: true, Aurora: false, 'Storage Gateway': true },
    resource_type_management_preference: { DynamoDB: true, EFS: true },
  },
};

function stateOf(folder: string): object {
  const { resource } = JSON.parse(fs.readFileSync(path.join(folder, 'cdk.tf.json'), 'utf8')) as {
    resource: Record<string, object>;
  };
  const resources = Object.entries(resource).flatMap(([type, named]) =>
    Object.keys(named).map((name) => ({
      mode: 'managed',
      type,
      name,
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [{ schema_version: 0, attributes: { id: 'settings', ...STATE[type] } }],
    })),
  );
  return { version: 4, terraform_version: '1.0.0', serial: 1, lineage: 'settings', outputs: {}, resources };
}

withTerraform(
  'give no difference for keys that nobody declared',
  () => {
    const out = synthCdktf((app) => {
      const stack = new TerraformStack(app, 'settings');
      offline(stack, 'eu-central-1');
      stack.addOverride('terraform.required_providers.aws.version', PROVIDER_VERSION);
      new GlobalSettings(stack, 'Global', { isCrossAccountBackupEnabled: true });
      new RegionSettings(stack, 'Region', { resourceTypeOptInPreference: { EBS: true } });
      new RegionSettings(stack, 'Management', { resourceTypeManagementPreference: { EFS: true } });
    });
    const folder = path.join(out, 'stacks', 'settings');
    fs.writeFileSync(path.join(folder, 'holdfast.tfstate'), JSON.stringify(stateOf(folder)));
    expect(runTerraform(folder, ['init', '-input=false']).status).toBe(0);
    const { stdout } = runTerraform(folder, ['plan', '-input=false', '-refresh=false', '-state=holdfast.tfstate']);
    expect(stdout).toContain('No changes.');
    exercised('terraform', 'plan of settings of which some are declared');
  },
  180_000,
);
