/**
 * What services that refuse by model say of members that are missing or wrong: ValidationException.
 *
 * Pure.
 * Source   API models 2018-05-10 of backup-search and 2022-07-26 of mpa. Assumed: the texts.
 */
import { TagRules } from '@holdfast/model';
import { AwsFault } from './fault';
import { Page, Paged, pageOf } from './page';

export function invalid(message: string): AwsFault {
  return new AwsFault('ValidationException', message);
}

/** A member that the API marks as required. */
export function needed<T>(value: T | undefined, member: string): T {
  if (value === undefined || value === '') {
    throw invalid(`${member} is required.`);
  }
  return value;
}

/** What a call gives that asks for a page. */
export interface PageInput {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

/** @param most items where the call says no number; as many as there may be on a page unless given */
export function validPage<T>(
  all: readonly T[],
  { MaxResults, NextToken }: PageInput,
  paged: Paged<T>,
  most?: number,
): Page<T> {
  try {
    return pageOf(all, MaxResults ?? most, NextToken, paged);
  } catch (error) {
    throw error instanceof AwsFault ? invalid(error.message) : error;
  }
}

/** Keys that callers may not give. Assumed: for services that do not say so, too. */
export function refuseReservedKeys(keys: readonly string[]): void {
  const reserved = keys.find((key) => TagRules.isReserved(key));
  if (reserved !== undefined) {
    throw invalid(`Tag keys that begin with aws: are reserved: ${reserved}`);
  }
}
