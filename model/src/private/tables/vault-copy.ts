import { Severity } from '../../finding';
import { advice, fact, failsAtRun, Table } from './describe';

const ORGANIZATIONS = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html';

/** Who may copy into a vault, and where copies of its points may go. */
export const VAULT_COPY = {
  sourceOrganization: failsAtRun(
    'vault-copy-source-organization',
    Severity.ERROR,
    'the id of an organization, o- and 10 to 32 letters and digits',
    ORGANIZATIONS,
  ),
  sourcePath: failsAtRun(
    'vault-copy-source-path',
    Severity.ERROR,
    'a path in an organization such as o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*; it ends with / or *, or nobody has it',
    ORGANIZATIONS,
  ),
  sourceAccount: failsAtRun(
    'vault-copy-source-account',
    Severity.ERROR,
    'the id of an account, 12 digits',
    fact('B6.3/3'),
  ),
  targetArn: failsAtRun(
    'vault-copy-target-arn',
    Severity.ERROR,
    'the ARN of a backup vault, in which Region, account and name may have stars',
    fact('B11.5/1'),
  ),
  targetPath: failsAtRun(
    'vault-copy-target-path',
    Severity.ERROR,
    'a path in an organization such as o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*; it ends with / or *, or no vault has it',
    fact('B11.5/1'),
  ),
} satisfies Table;

/** With which key a vault encrypts. */
export const VAULT_ENCRYPTION = {
  twice: advice(
    'vault-encryption-twice',
    Severity.ERROR,
    'given once: encryptionKey says the same as encryption with a customer managed key',
    fact('B7.1/1'),
  ),
  awsOwned: advice(
    'vault-encryption-aws-owned',
    Severity.ERROR,
    'a customer managed key or aws/backup; only logically air-gapped vaults have a key that AWS owns',
    fact('B7.1/1, B7.5/1'),
  ),
  awsManaged: advice(
    'vault-encryption-aws-managed',
    Severity.NOTE,
    'a customer managed key, or it is known that the vault takes no copies from other accounts, and that the policy of the key cannot be changed',
    fact('B6.3/4, B7.1/1 and section 13'),
  ),
  keyOutsideLock: advice(
    'vault-encryption-key-outside-lock',
    Severity.NOTE,
    'kept from deletion by its own policy: a lock does not hold the key, and without the key no point can be restored',
    fact('B7.4/1 and section 13'),
  ),
  airGappedManaged: advice(
    'vault-encryption-air-gapped-aws-managed',
    Severity.ERROR,
    'a customer managed key or one that AWS owns; a logically air-gapped vault does not take aws/backup',
    fact('B7.5/1'),
  ),
} satisfies Table;
