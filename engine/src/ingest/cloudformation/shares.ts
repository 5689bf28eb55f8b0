/**
 * AWS::RAM::ResourceShare as a declaration, where it shares vaults.
 *
 * Pure.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216); CreateResourceShare for the default of
 *          AllowExternalPrincipals.
 */
import type { ResourceShare } from '@holdfast/model';
import { attempt } from '../listeners';
import { NO_VAULT_SHARED, vaultsAmong } from '../shares';
import type { Declaration } from './declaration';
import { withoutUndefined } from './declaration';
import { tagsOf } from './tag-list';

export const RESOURCE_SHARE = 'AWS::RAM::ResourceShare';

/** Takes a declaration in; answers why it is left out, if it is. */
export function readShare(declaration: Declaration, shares: ResourceShare[]): string | undefined {
  const { properties, env, declaredAt } = declaration;
  let shared = true;
  const unknown = attempt(() => {
    const vaultArns = vaultsAmong(properties.member('ResourceArns').texts());
    shared = vaultArns.length > 0;
    if (shared) {
      shares.push(
        withoutUndefined<ResourceShare>({
          shareName: properties.member('Name').requiredText(),
          env,
          vaultArns,
          accounts: properties.member('Principals').texts() ?? [],
          allowExternalPrincipals: properties.member('AllowExternalPrincipals').boolean() ?? true,
          acceptedBy: undefined,
          tags: declaration.withStackTags(tagsOf(properties.member('Tags'))),
          declaredAt,
        }),
      );
    }
  });
  return unknown ?? (shared ? undefined : NO_VAULT_SHARED);
}
