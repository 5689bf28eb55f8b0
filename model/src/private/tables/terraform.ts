import { Severity } from '../../finding';
import { advice, fact, failsAtRun, refused } from './describe';

export const TERRAFORM = {
  version: refused(
    'terraform-provider-version',
    'used with a version of the AWS provider that has it',
    fact('B17.1/1, B17.1/2, B17.1/3, B17.1/4, B17.1/5, B17.1/6'),
  ),
  argument: refused(
    'terraform-argument-missing',
    'left out: no version of the AWS provider has an argument for it',
    fact('B17.1/7'),
  ),
  hcl: advice(
    'terraform-hcl-block',
    Severity.ERROR,
    'synthesized as JSON, the form in which the Terraform CDK keeps it',
    fact('B17.1/9'),
  ),
  organizationUnknown: advice(
    'terraform-organization-unknown',
    Severity.NOTE,
    'given where this app has it, as trusted access and types of policies are its arguments',
    fact('B17.1/8'),
  ),
  organizationEnables: failsAtRun(
    'terraform-organization-enables',
    Severity.ERROR,
    'an organization that enables what the construct needs',
    fact('B17.1/8'),
  ),
  listKnown: advice(
    'terraform-list-known',
    Severity.ERROR,
    'a list that is known at synthesis, as a resource is made for each member; its members may be tokens',
    `Assumed; ${fact('B17.1/8')}`,
  ),
  unread: advice(
    'terraform-unread',
    Severity.WARNING,
    'declared where the constructs of the app can be read to be held against a standard; waive what holds no backups',
    'the rules themselves',
  ),
  rolesRegion: advice(
    'terraform-roles-region',
    Severity.ERROR,
    'known at synthesis, as is to be the Region of the provider, since the two decide whether roles are made',
    `Assumed; ${fact('B11.1/5')}`,
  ),
};
