import { fact, refused } from './describe';

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
};
