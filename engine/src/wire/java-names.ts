/**
 * Names as the SDK for Java has them, after which Step Functions calls what its tasks give and are given.
 *
 * Pure.
 * Source   the developer guide of Step Functions, "Learning to use AWS service SDK integrations" (names in PascalCase,
 *          exceptions with their suffix, EqualsValue); that they follow the SDK for Java 2: names that its users report,
 *          such as `DbInstanceIdentifier` and `Rds.DbInstanceNotFoundException`.
 */

/** Words that no method of Java can be called. Source: EqualsValue; the others are Assumed to go the same way. */
const RESERVED = ['default', 'equals', 'private', 'public'];

/** `DBInstanceIdentifier` is `DbInstanceIdentifier`, `stateMachineArn` is `StateMachineArn`. */
export function javaMember(name: string): string {
  const small = name.replace(/^.(?:[A-Z](?![a-z]))*/, (first) => first.toLowerCase());
  return `${upperFirst(small)}${RESERVED.includes(small) ? 'Value' : ''}`;
}

/** `NoSuchKey` is `NoSuchKeyException`, `DBInstanceNotFoundFault` is `DbInstanceNotFoundException`. */
export function javaException(shape: string): string {
  return `${pascal(shape.replace(/(?:Fault|Exception)$/, ''))}Exception`;
}

/** `DynamoDB` is `DynamoDb`, `CloudWatch Logs` is `CloudWatchLogs`. */
export function pascal(text: string): string {
  return text
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .replace(/([a-z])(?=[A-Z][A-Za-z0-9])/g, '$1 ')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/(\d)(?=[A-Za-z])/g, '$1 ')
    .split(' ')
    .map((word) => upperFirst(word.toLowerCase()))
    .join('');
}

export function upperFirst(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
