// What templates and Terraform say of a state machine beside its definition.
import { read } from './read';

test.each(['STANDARD', 'EXPRESS'])('a state machine of type %s is one in either form, with its log', (machineType) => {
  const definition = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Succeed' } } });
  const logGroupArn = 'arn:aws:logs:eu-central-1:123456789012:log-group:g:*';
  const Destinations = [{ CloudWatchLogsLogGroup: { LogGroupArn: logGroupArn } }];
  const LoggingConfiguration = { Level: 'ALL', IncludeExecutionData: true, Destinations };
  const Properties = { StateMachineName: 'm', StateMachineType: machineType, DefinitionString: definition };
  const Type = 'AWS::StepFunctions::StateMachine';
  const logging_configuration = { level: 'ALL', include_execution_data: true, log_destination: logGroupArn };
  const machine = { name: 'm', type: machineType, definition, logging_configuration };
  const logging = { level: 'ALL', includeExecutionData: true, logGroupArn };
  for (const { estate, notRead } of [
    read({ 't.json': { Resources: { M: { Type, Properties: { ...Properties, LoggingConfiguration } } } } }),
    read({ 'cdk.tf.json': { resource: { aws_sfn_state_machine: { machine } } } }),
  ]) {
    expect(estate.stateMachines).toMatchObject([{ machineType, logging }]);
    expect(notRead).toEqual([]);
  }
});
