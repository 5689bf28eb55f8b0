/**
 * A policy of ECR as text, which must be JSON.
 *
 * Pure.
 * Source   ECR API reference: InvalidParameterException (read 2026-11-26). Assumed: the text.
 */
import { parseJson } from '../kernel/json';
import { AwsFault } from './fault';

export function jsonOf(text: string | undefined, member: string): string {
  try {
    parseJson(text ?? '');
  } catch {
    throw new AwsFault(
      'InvalidParameterException',
      `Invalid parameter at '${member}' failed to satisfy constraint: 'Invalid JSON'`,
    );
  }
  return text ?? '';
}
