import * as prebuilt from '@cdktf/provider-aws/package.json';
import { Finding, TerraformFeatures } from '@holdfast/model';
import { App } from 'cdktf';
import { IConstruct } from 'constructs';

/** Context key that holds the version of the AWS provider that Terraform runs, where it is not the one of the prebuilt provider. */
const VERSION = 'holdfast:awsProviderVersion';

/**
 * The version of the AWS provider that the stack is written for: that of the prebuilt provider, unless the context names
 * another, for authors who relax the pin.
 */
export function awsProviderVersion(scope: IConstruct): string {
  const given: unknown = scope.node.tryGetContext(VERSION);
  return typeof given === 'string' ? given : prebuilt.cdktf.provider.version;
}

/** Whether the AWS provider has what came after its version 5.100.0. */
export function awsProviderHas(scope: IConstruct, feature: string): boolean {
  return TerraformFeatures.has(feature, awsProviderVersion(scope));
}

/**
 * What the rules find in properties that need a newer AWS provider than the stack has, or that HCL loses.
 *
 * @param needs feature to the path of the property that needs it; undefined where the property is left out
 */
export function checkAwsProvider(scope: IConstruct, needs: Readonly<Record<string, string | undefined>>): Finding[] {
  const version = awsProviderVersion(scope);
  const { hclOutput } = App.of(scope);
  return Object.entries(needs).flatMap(([feature, path]) =>
    path === undefined
      ? []
      : [
          ...TerraformFeatures.check(feature, version, path),
          ...(hclOutput ? TerraformFeatures.checkHcl(feature, path) : []),
        ],
  );
}
