import { CopyBackTargets } from '../copy-back';

/** Reads the answer of the function; what could not be started fails the run, after all others were started. */
const JUDGE_START = [
  'import json',
  'def judge(events, context):',
  "    report = json.loads(events['payload'])",
  "    if not report['complete']:",
  "        left = [r for r in report['resources'] if r['state'] in ('NO_POINT', 'FAILED')]",
  "        raise Exception('not copied: ' + '; '.join(r['resourceArn'] + ': ' + r.get('because', '') for r in left))",
  "    return {'CopyJobIds': report['copyJobIds']}",
  '',
].join('\n');

const JUDGE_END = [
  'import json',
  'def judge(events, context):',
  "    report = json.loads(events['payload'])",
  "    if not report['complete']:",
  "        left = [j for j in report['jobs'] if j['state'] != 'COMPLETED']",
  "        raise Exception('; '.join(j['copyJobId'] + ' ' + j['state'] + ': ' + j.get('because', '') for j in left))",
  "    return {'RecoveryPointArns': [j.get('destinationRecoveryPointArn', '') for j in report['jobs']]}",
  '',
].join('\n');

/** The content of the document. */
export function copyBackDocument({ automationRoleArn, functionArn }: CopyBackTargets, timeoutSeconds: number): object {
  return {
    schemaVersion: '0.3',
    description: 'Copies the newest recovery points of some resources back into the vault of the workload',
    assumeRole: automationRoleArn,
    parameters: {
      ResourceArns: {
        type: 'StringList',
        description: 'ARNs of the resources, as they were where they were backed up',
      },
      Before: {
        type: 'String',
        description: 'The newest points until this instant, e.g. 2027-01-31T05:00:00Z. Left empty: the newest.',
        default: '',
      },
      DryRun: {
        type: 'Boolean',
        description: 'Whether to tell what would be copied, and to copy nothing',
        default: false,
      },
    },
    mainSteps: [...start(functionArn), waitForCopies(timeoutSeconds), ...finish(functionArn)],
    outputs: ['StartCopies.Payload', 'CheckEnd.RecoveryPointArns'],
  };
}

function start(functionArn: string): object[] {
  return [
    invoke('StartCopies', 'Starts a copy of the newest point of each resource', functionArn, {
      resourceArns: '{{ ResourceArns }}',
      before: '{{ Before }}',
      dryRun: '{{ DryRun }}',
      token: '{{ automation:EXECUTION_ID }}',
    }),
    judge('CheckStart', 'Fails where a resource has no point, or no copy', JUDGE_START, 'StartCopies', 'CopyJobIds'),
    {
      name: 'IsDryRun',
      action: 'aws:branch',
      description: 'Ends here where nothing was to be copied',
      inputs: { Choices: [{ NextStep: 'WaitForCopies', Variable: '{{ DryRun }}', BooleanEquals: false }] },
      isEnd: true,
    },
  ];
}

function waitForCopies(timeoutSeconds: number): object {
  return {
    name: 'WaitForCopies',
    action: 'aws:loop',
    description: 'Waits for the end of each copy',
    inputs: {
      Iterators: '{{ CheckStart.CopyJobIds }}',
      IteratorDataType: 'String',
      Steps: [
        {
          name: 'WaitForEnd',
          action: 'aws:waitForAwsResourceProperty',
          timeoutSeconds,
          inputs: {
            Service: 'backup',
            Api: 'DescribeCopyJob',
            CopyJobId: '{{ WaitForCopies.CurrentIteratorValue }}',
            PropertySelector: '$.CopyJob.State',
            DesiredValues: ['COMPLETED', 'FAILED', 'PARTIAL'],
          },
          isEnd: true,
        },
      ],
    },
  };
}

function finish(functionArn: string): object[] {
  return [
    invoke('ReadStates', 'Reads what became of the copies', functionArn, { copyJobIds: '{{ CheckStart.CopyJobIds }}' }),
    {
      ...judge('CheckEnd', 'Fails where a copy has failed', JUDGE_END, 'ReadStates', 'RecoveryPointArns'),
      isEnd: true,
    },
  ];
}

function invoke(name: string, description: string, functionArn: string, payload: object): object {
  return {
    name,
    action: 'aws:invokeLambdaFunction',
    description,
    timeoutSeconds: 900,
    inputs: { FunctionName: functionArn, InvocationType: 'RequestResponse', InputPayload: payload },
  };
}

function judge(name: string, description: string, script: string, step: string, output: string): object {
  return {
    name,
    action: 'aws:executeScript',
    description,
    inputs: {
      Runtime: 'python3.11',
      Handler: 'judge',
      Script: script,
      InputPayload: { payload: `{{ ${step}.Payload }}` },
    },
    outputs: [{ Name: output, Selector: `$.Payload.${output}`, Type: 'StringList' }],
  };
}
