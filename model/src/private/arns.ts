import { Environment } from '../environment';
import { Glob } from './glob';

/** Letters of a vault's name. */
export const VAULT_NAME = /^[a-zA-Z0-9\-_]{2,50}$/;
/** Letters of the name of a plan, a rule or a selection. */
export const TOKEN_NAME = /^[a-zA-Z0-9\-_.]{1,50}$/;

export const KEY_ARN = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/;
/** Replicas are made of keys with such ids. */
export const MULTI_REGION_KEY_ARN = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/mrk-[a-f0-9]{32}$/;
export const TOPIC_ARN = /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}(\.fifo)?$/;
export const ROLE_ARN = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@\-/]+$/;
export const VAULT_ARN = /^arn:aws[a-z-]*:backup:[a-z0-9-]+:\d{12}:backup-vault:[a-zA-Z0-9\-_]{2,50}$/;
/** ARN of a vault in which the Region, the account and the name may be stars, or have some. */
export const VAULT_ARN_PATTERN =
  /^arn:(aws[a-z-]*|\*):backup:[a-z0-9*-]+:[0-9*]{1,12}:backup-vault:[a-zA-Z0-9\-_*]{1,50}$/;
export const TEAM_ARN = /^arn:aws[a-z-]*:mpa:[a-z0-9-]{1,20}:\d{12}:approval-team\/[a-zA-Z0-9._-]+$/;
export const ACCOUNT_ID = /^\d{12}$/;
export const ORGANIZATION_ID = /^o-[a-z0-9]{10,32}$/;
/** A path that a principal can have: it ends with a slash, or with a star for whatever is below. */
export const ORGANIZATION_PATH = /^o-[a-z0-9]{10,32}\/(r-[a-z0-9]{4,32}\/(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}\/)*\*?|\*)$/;
/** An ARN, with or without stars. */
export const ANY_ARN = /^arn:[a-z*-]+:[a-z0-9*-]+:[a-z0-9*-]*:[0-9*]*:\S+$/;

/** An ARN in its six parts. */
export interface ArnParts {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

/** The parts of an ARN or of a pattern of ARNs; undefined when it is neither. */
export function arnParts(arn: string): ArnParts | undefined {
  const parts = arn.split(':');
  const [prefix, partition, service, region, account] = parts;
  if (parts.length < 6 || prefix !== 'arn') {
    return undefined;
  }
  return { partition, service, region, account, resource: parts.slice(5).join(':') } as ArnParts;
}

export function vaultArn(env: Environment, name: string): string {
  return `arn:${env.partition}:backup:${env.region}:${env.account}:backup-vault:${name}`;
}

/** Whether two places are the same, tokens compared as they stand. */
export function samePlace(a: Environment, b: Environment): boolean {
  return a.partition === b.partition && a.account === b.account && a.region === b.region;
}

/** One string for a place. */
export function placeOf(env: Environment): string {
  return `${env.partition}|${env.account}|${env.region}`;
}

/** Whether a text matches a pattern with stars. */
export function matches(pattern: string, text: string): boolean {
  return new Glob(pattern).matches(text);
}
