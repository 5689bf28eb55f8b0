import { fact, refused, Table } from './describe';

export const COPY_BACK = {
  account: refused(
    'copy-back-account',
    'known at synthesis, as the policy of a vault in another account has to name it',
    fact('B6.3/3'),
  ),
} satisfies Table;
