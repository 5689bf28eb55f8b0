/** What CloudFormation asks of a custom resource. */
export interface CloudFormationRequest<Properties> {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  /** Where the answer is put; signed for this one answer. */
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: Properties;
  readonly OldResourceProperties?: Properties;
}

/** What a custom resource answers when all is well. */
export interface Answer {
  readonly PhysicalResourceId: string;
  readonly Data?: Record<string, string>;
}

/** Puts the answer where CloudFormation waits for it. */
export type Send = (url: string, body: string) => Promise<void>;

async function put(url: string, body: string): Promise<void> {
  const response = await fetch(url, { method: 'PUT', body, headers: { 'content-type': '' } });
  if (!response.ok) {
    throw new Error(`CloudFormation answered ${response.status} to the result`);
  }
}

/**
 * A handler that tells CloudFormation how it ended, whatever comes.
 *
 * A failure is told with its message: without an answer a stack waits for an hour.
 *
 * @param act does what is asked and answers, or throws
 * @param send puts the answer; CloudFormation's own way unless a test gives another
 */
export function customResource<Properties>(
  act: (request: CloudFormationRequest<Properties>) => Promise<Answer>,
  send: Send = put,
): (request: CloudFormationRequest<Properties>) => Promise<void> {
  return async (request) => {
    const told = {
      StackId: request.StackId,
      RequestId: request.RequestId,
      LogicalResourceId: request.LogicalResourceId,
    };
    let answer: object;
    try {
      answer = { Status: 'SUCCESS', ...(await act(request)), ...told };
    } catch (error) {
      const { name, message } = error as Error;
      console.error(error);
      answer = {
        Status: 'FAILED',
        Reason: `${name}: ${message}`,
        // An id that was never given out: CloudFormation asks to delete it, which then has nothing to do.
        PhysicalResourceId: request.PhysicalResourceId ?? request.RequestId,
        ...told,
      };
    }
    await send(request.ResponseURL, JSON.stringify(answer));
  };
}
