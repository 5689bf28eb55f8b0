import { Template } from 'aws-cdk-lib/assertions';
import { App } from 'aws-cdk-lib/core';
import { declareEveryMonitoring } from './support/everything-monitoring';
import { cfnLint, naggedStack, nagFindings } from './support/scans';

test('everything for monitoring and cost at once is clean under cdk-nag and cfn-lint', () => {
  const stack = naggedStack();
  declareEveryMonitoring(stack);
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::CloudWatch::CompositeAlarm', 2);
  template.resourceCountIs('AWS::Budgets::Budget', 1);
  const app = stack.node.root as App;
  expect(nagFindings(app)).toEqual([]);
  expect(cfnLint(app, 'everything for monitoring and cost')).toBe('');
});
