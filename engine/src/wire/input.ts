/**
 * The input of a request, or the exception that tells a client that its message cannot be read.
 *
 * Source   Assumed: the texts. The names are those that services give: SerializationException where messages are JSON,
 *          MalformedInput in the query protocols, MalformedXML in S3's.
 */
import { AwsFault } from '../operations/fault';
import type { Operation, ProtocolName } from './service';
import { shapeFault } from './shape-fault';

/** An operation that was found, and how its input is read. */
export interface Found {
  readonly operation: Operation;
  readonly input: () => Promise<unknown>;
}

/** @throws AwsFault when the message is broken, or a value is not of its member's type */
export async function inputOf(protocol: ProtocolName, { operation, input }: Found): Promise<unknown> {
  let read: unknown;
  try {
    read = await input();
  } catch (error) {
    if (error instanceof AwsFault) {
      throw error;
    }
    throw new AwsFault(unreadable(protocol), error instanceof Error ? error.message : String(error));
  }
  const fault = shapeFault(operation.input, read);
  if (fault !== undefined) {
    throw new AwsFault(unreadable(protocol), fault);
  }
  return read ?? {};
}

function unreadable(protocol: ProtocolName): 'MalformedInput' | 'MalformedXML' | 'SerializationException' {
  switch (protocol) {
    case 'awsQuery':
    case 'ec2Query':
      return 'MalformedInput';
    case 'restXml':
      return 'MalformedXML';
    default:
      return 'SerializationException';
  }
}
