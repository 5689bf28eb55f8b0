import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { KmsReplicaKey } from '@cdktf/provider-aws/lib/kms-replica-key';
import { BackupKey as DeclaredKey, KeyPolicies } from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { accountOf, partitionOf } from './place';
import { renderPolicy } from './render-policy';

/**
 * The policies of our keys, found again from the objects that were handed out, and from the ARNs of our keys in a stack.
 *
 * Kept under registered symbols, so that two copies of this library see each other's.
 */
const POLICY = Symbol.for('@holdfast/cdktf.key-policy');
const KEYS = Symbol.for('@holdfast/cdktf.keys');

/** Who administers a key, and which roles AWS Backup uses it with. */
export interface KeyUsers {
  readonly adminRoleArns?: string[];
  /** Roles beside the service-linked one. */
  readonly backupRoleArns?: string[];
  readonly provider?: TerraformProvider;
}

/** The policy of a key for backups, which grows. */
export class KeyPolicy {
  public readonly partition: string;
  public readonly account: string;
  private readonly backupRoleArns: string[];
  private readonly added: unknown[] = [];
  private resource?: KmsKey | KmsReplicaKey;

  /** @param scope gets the data sources that tell partition and account, where the provider does not say them */
  constructor(
    scope: Construct,
    private readonly users: KeyUsers,
  ) {
    this.partition = partitionOf(scope, users.provider);
    this.account = accountOf(scope, users.provider);
    this.backupRoleArns = [...(users.backupRoleArns ?? [])];
  }

  /** From now on the key has the policy, whatever is added. */
  public keepOn(resource: KmsKey | KmsReplicaKey): void {
    this.resource = resource;
  }

  public allowBackupRole(roleArn: string): void {
    this.backupRoleArns.push(roleArn);
    this.renew();
  }

  /** Lets AWS Backup of another account copy what the key encrypts. */
  public allowCopiesTo(destinationAccount: string): void {
    const { partition, account } = this;
    this.add(KeyPolicies.sourceKey({ partition, account, destinationAccounts: [destinationAccount] }));
  }

  public add(statements: unknown[]): void {
    this.added.push(...statements);
    this.renew();
  }

  public render(): string {
    const { partition, account } = this;
    const roleArns = [KeyPolicies.serviceLinkedRoleArn(partition, account), ...this.backupRoleArns];
    return renderPolicy(
      KeyPolicies.document([
        ...KeyPolicies.administration({ partition, account, adminArns: this.users.adminRoleArns }),
        ...KeyPolicies.vaultKey({ partition, account, roleArns }),
        ...this.added,
      ]),
    );
  }

  private renew(): void {
    if (this.resource !== undefined) {
      this.resource.policy = this.render();
    }
  }
}

/** A key of ours. */
export interface OwnKey {
  readonly declared: DeclaredKey;
  readonly multiRegion: boolean;
  readonly policy: KeyPolicy;
  readonly constructPath: string;
}

/** Remembers what a key was declared as. */
export function declareKey(key: Construct, keyArn: string, own: OwnKey): void {
  Object.defineProperty(key, POLICY, { value: own });
  keysOf(key).set(keyArn, own);
}

/** The key of ours that the object is; undefined for one of elsewhere. */
export function tryFindKey(key: object): OwnKey | undefined {
  return Reflect.get(key, POLICY) as OwnKey | undefined;
}

/** The key of ours, anywhere in the app, whose ARN is written like this. */
export function tryFindKeyByArn(scope: Construct, keyArn: string): OwnKey | undefined {
  return keysOf(scope).get(keyArn);
}

/** Kept at the root of the app, so that stacks see each other's. */
function keysOf(scope: Construct): Map<string, OwnKey> {
  const { root } = scope.node;
  const known = Reflect.get(root, KEYS) as Map<string, OwnKey> | undefined;
  if (known !== undefined) {
    return known;
  }
  const made = new Map<string, OwnKey>();
  Object.defineProperty(root, KEYS, { value: made });
  return made;
}
