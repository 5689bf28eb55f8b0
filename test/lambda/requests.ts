// What CloudFormation asks of a custom resource, and what it is answered.
import { CloudFormationRequest } from '../../lambda/shared/cloudformation-request';

/** A request of CloudFormation. */
export function request<P>(
  RequestType: 'Create' | 'Update' | 'Delete',
  ResourceProperties: P,
  PhysicalResourceId: string | undefined = undefined,
  OldResourceProperties: P | undefined = undefined,
): CloudFormationRequest<P> {
  return {
    RequestType,
    ResponseURL: 'https://cloudformation.example/answer',
    StackId: 'arn:aws:cloudformation:eu-central-1:111122223333:stack/S/1',
    RequestId: 'request-1',
    LogicalResourceId: 'Settings',
    ResourceProperties,
    ...(PhysicalResourceId === undefined ? {} : { PhysicalResourceId }),
    ...(OldResourceProperties === undefined ? {} : { OldResourceProperties }),
  };
}

/** What a handler answers; fails when it answers more or less than once. */
export async function answered<P>(
  handler: (asked: CloudFormationRequest<P>) => Promise<void>,
  asked: CloudFormationRequest<P>,
): Promise<Record<string, unknown>> {
  const put = jest.spyOn(globalThis, 'fetch').mockResolvedValue({ ok: true, status: 200 } as Response);
  try {
    await handler(asked);
    expect(put.mock.calls.map(([url]) => url)).toEqual([asked.ResponseURL]);
    return JSON.parse(put.mock.calls[0]?.[1]?.body as string) as Record<string, unknown>;
  } finally {
    put.mockRestore();
  }
}
