import { createFunction } from '../../../engine/src/operations/lambda/create-function';
import { putFunctionEventInvokeConfig } from '../../../engine/src/operations/lambda/put-function-event-invoke-config';
import { ENV, world } from '../scenarios/stage';

const ARN = `arn:aws:lambda:${ENV.region}:${ENV.account}:function:f`;

// prettier-ignore
test.each<[config: object, refused: boolean]>([
  [{ MaximumRetryAttempts: -1 }, true],      [{ MaximumRetryAttempts: 0 }, false],
  [{ MaximumRetryAttempts: 3 }, true],       [{ MaximumRetryAttempts: 2 }, false],
  [{ MaximumEventAgeInSeconds: 59 }, true],  [{ MaximumEventAgeInSeconds: 60 }, false],
  [{ MaximumEventAgeInSeconds: 21601 }, true], [{ MaximumEventAgeInSeconds: 21600 }, false],
])('PutFunctionEventInvokeConfig of %j: refused %s', (config, refused) => {
  const state = world('2027-01-01', {});
  createFunction(state, ENV, { FunctionName: 'f', Role: 'arn:role' });
  const put = () => putFunctionEventInvokeConfig(state, ENV, { FunctionName: 'f', ...config });
  if (refused) {
    expect(put).toThrow(/^0 to 2 retries within 60 to 21600 seconds, got/);
  } else {
    expect(put()).toMatchObject({ FunctionArn: `${ARN}:$LATEST`, ...config });
  }
});

test('what PutFunctionEventInvokeConfig leaves out is as for a new function', () => {
  const state = world('2027-01-01', {});
  createFunction(state, ENV, { FunctionName: 'f', Role: 'arn:role' });
  putFunctionEventInvokeConfig(state, ENV, { FunctionName: ARN, MaximumRetryAttempts: 0 });
  expect(putFunctionEventInvokeConfig(state, ENV, { FunctionName: 'f' })).toMatchObject({
    MaximumRetryAttempts: 2,
    MaximumEventAgeInSeconds: 21600,
  });
});
