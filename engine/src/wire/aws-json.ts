/**
 * awsJson1.0 and awsJson1.1: one path, the operation in the header `x-amz-target`.
 *
 * Pure: a request in, an input out; an output in, an answer out.
 * Source   https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html (read 2026-11-26).
 */
import { textOf, WireAnswer, WireRequest } from './message';
import { bytes } from './rest-json';
import type { Operation, Service } from './service';

/** `AWSEvents.PutRule` names PutRule. */
export function findOperation(service: Service, request: WireRequest): Operation | undefined {
  const target = request.headers['x-amz-target'] ?? '';
  return service.operations.get(target.slice(target.lastIndexOf('.') + 1));
}

export async function readInput(service: Service, operation: Operation, request: WireRequest): Promise<unknown> {
  const text = request.body.length === 0 ? '{}' : textOf(request.body);
  return operation.input.isUnitSchema() ? {} : service.codec.createDeserializer().read(operation.input, text);
}

export function writeOutput(service: Service, operation: Operation, output: unknown): WireAnswer {
  const headers = { 'content-type': contentType(service) };
  if (operation.output.isUnitSchema()) {
    return { status: 200, headers, body: bytes('{}') };
  }
  const serializer = service.codec.createSerializer();
  serializer.write(operation.output, output ?? {});
  return { status: 200, headers, body: bytes(serializer.flush()) };
}

export function contentType(service: Service): string {
  return `application/x-amz-json-${service.protocol === 'awsJson1_0' ? '1.0' : '1.1'}`;
}
