/**
 * The secret that a call names, its versions, and values that are drawn.
 *
 * Owns     nothing: changes the secrets that it is given.
 * Source   API of Secrets Manager 2017-10-17; the texts are those seen in public threads where they are known.
 * Assumed  Keys are not used: who may read a secret is a matter of its policies alone.
 */
import type { GetRandomPasswordCommandInput } from '@aws-sdk/client-secrets-manager';
import { CURRENT, moveStage, type Secret, type SecretVersion } from '../domain/secrets';
import type { WorldState } from '../domain/world-state';
import { type IdKey, uuid } from '../kernel/ids';
import { below, finish, mix, seeded } from '../kernel/prng';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { required } from './find-vault';

const NOT_FOUND = "Secrets Manager can't find the specified secret.";

/** One that was deleted is found by those who may bring it back alone. */
export function findSecret(
  state: WorldState,
  caller: Caller,
  named: string | undefined,
  deleted: 'refused' | 'too' = 'refused',
): Secret {
  const found = state.services.secrets.tryFind(caller, required(named, 'SecretId'), state.now);
  if (found === undefined) {
    throw new AwsFault('ResourceNotFoundException', NOT_FOUND);
  }
  if (found.deletedAt !== undefined && deleted === 'refused') {
    const why = "You can't perform this operation on the secret because it was marked for deletion.";
    throw new AwsFault('InvalidRequestException', why);
  }
  return found;
}

interface NamesVersion {
  readonly VersionId?: string | undefined;
  readonly VersionStage?: string | undefined;
}

/** Source: GetSecretValue: by id, by stage, or the current one; both must fit where both are given. */
export function findVersion(secret: Secret, { VersionId: id, VersionStage }: NamesVersion): SecretVersion {
  const stage = VersionStage ?? (id === undefined ? CURRENT : undefined);
  const found = [...secret.versions.values()].find(
    (version) => (id === undefined || version.id === id) && (stage === undefined || version.stages.has(stage)),
  );
  if (found === undefined) {
    const what = stage === undefined ? `version id: ${id ?? ''}` : `staging label: ${stage}`;
    throw new AwsFault(
      'ResourceNotFoundException',
      `Secrets Manager can't find the specified secret value for ${what}`,
    );
  }
  return found;
}

export interface NewValue {
  readonly ClientRequestToken?: string | undefined;
  readonly SecretString?: string | undefined;
  readonly SecretBinary?: Uint8Array | undefined;
}

/** Source: PutSecretValue: a token that was used before gives that version again, unless the value is another one. */
export function addVersion(
  state: WorldState,
  secret: Secret,
  value: NewValue,
  stages: readonly string[] = [CURRENT],
): SecretVersion {
  const { SecretString: text, SecretBinary: binary } = value;
  if ((text === undefined) === (binary === undefined)) {
    const why = 'You must provide either SecretString or SecretBinary.';
    throw new AwsFault('InvalidRequestException', why);
  }
  if (Buffer.byteLength(text ?? binary ?? '') > 65_536) {
    throw new AwsFault('ValidationException', 'secretString must be at most 65536 bytes.');
  }
  const key: IdKey = { kind: 'secret-version', names: [secret.arn, `${secret.versions.size}`], at: state.now };
  const id = value.ClientRequestToken ?? uuid(state.seed, key);
  const standing = secret.versions.get(id);
  if (standing !== undefined) {
    if (!hasValue(standing, text, binary)) {
      const why = `You can't modify an existing version, the version ${id} has another value.`;
      throw new AwsFault('ResourceExistsException', why);
    }
    return standing;
  }
  const version = { id, text, binary, createdAt: state.now, stages: new Set<string>() };
  secret.versions.set(id, version);
  // Source: PutSecretValue: the first version is the current one whatever it is asked to be.
  const given = secret.versions.size === 1 ? [...stages, CURRENT] : stages;
  given.forEach((stage) => moveStage(secret, stage, version));
  forgetDeprecated(secret);
  secret.changedAt = state.now;
  return version;
}

export function hasValue(version: SecretVersion, text: string | undefined, binary: Uint8Array | undefined): boolean {
  return version.text === text && Buffer.from(version.binary ?? []).equals(Buffer.from(binary ?? []));
}

/** Source: user guide: versions without a stage are deprecated, and deleted in time (Assumed: at once). */
export function forgetDeprecated({ versions }: Secret): void {
  for (const version of [...versions.values()].filter(({ stages }) => stages.size === 0)) {
    versions.delete(version.id);
  }
}

/** Characters, by how a request leaves them out. */
const KINDS = [
  ['ExcludeLowercase', 'abcdefghijklmnopqrstuvwxyz'],
  ['ExcludeUppercase', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
  ['ExcludeNumbers', '0123456789'],
  ['ExcludePunctuation', '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'],
] as const;

/**
 * A password as GetRandomPassword makes one, drawn from what it is for.
 *
 * Source   GetRandomPassword: 32 characters, one at least of each kind unless told otherwise.
 */
export function password(seed: number, names: readonly string[], asked: GetRandomPasswordCommandInput): string {
  const { PasswordLength: length = 32, ExcludeCharacters = '', RequireEachIncludedType: each = true } = asked;
  const kinds = KINDS.filter(([left]) => asked[left] !== true).map(([, characters]) => characters);
  const pools = [...kinds, ...(asked.IncludeSpace === true ? [' '] : [])]
    .map((characters) => [...characters].filter((one) => !ExcludeCharacters.includes(one)))
    .filter((characters) => characters.length > 0);
  if (pools.length === 0 || length < 1 || length > 4096 || (each && length < pools.length)) {
    const why = 'The password length, or what it may be made of, leaves no password.';
    throw new AwsFault('InvalidParameterException', why);
  }
  let state = names.reduce(
    (mixed, name) => [...name].reduce((one, c) => mix(one, c.codePointAt(0) ?? 0), mixed),
    seeded(seed),
  );
  const draw = (limit: number): number => {
    state = mix(state, 1);
    return below(finish(state), limit);
  };
  const of = (pool: readonly string[]): string => pool[draw(pool.length)] ?? '';
  const all = pools.flat();
  const drawn = Array.from({ length }, (_, index) => of((each ? pools[index] : undefined) ?? all));
  for (let index = drawn.length - 1; index > 0; index -= 1) {
    const other = draw(index + 1);
    [drawn[index], drawn[other]] = [drawn[other] ?? '', drawn[index] ?? ''];
  }
  return drawn.join('');
}
