# boto3 and the AWS CLI, each in this one process: a line of JSON in, a line of JSON out.
#
# A line asks for {"operation", "input", "account"}; the answer is {"output"} or {"error", "message"}. The operation
# `known` asks which operations there are, and what errors each has. The second argument is the service, as both call it.
import contextlib
import datetime
import io
import json
import os
import re
import sys

from botocore.config import Config
from botocore.exceptions import ClientError
import botocore.session
from botocore import xform_name

SERVICE = sys.argv[2]


def as_account(account):
    os.environ['AWS_ACCESS_KEY_ID'] = account
    os.environ['AWS_SECRET_ACCESS_KEY'] = 'secret'


class Boto3:
    """Inputs go out as they are: what is wrong with them is for the server to say."""

    def __init__(self):
        self.clients = {}

    def call(self, operation, given, account):
        if account not in self.clients:
            as_account(account)
            config = Config(parameter_validation=False, retries={'max_attempts': 0})
            self.clients[account] = botocore.session.Session().create_client(SERVICE, config=config)
        client = self.clients[account]
        try:
            output = getattr(client, xform_name(operation))(**given)
        except ClientError as error:
            return {'error': error.response['Error']['Code'], 'message': error.response['Error']['Message']}
        output.pop('ResponseMetadata', None)
        return {'output': output}


class Cli:
    """The command line as its own program runs it."""

    def __init__(self):
        self.drivers = {}

    def call(self, operation, given, account):
        from awscli.clidriver import create_clidriver

        as_account(account)
        if account not in self.drivers:
            self.drivers[account] = create_clidriver()
        args = [SERVICE, xform_name(operation, '-'), '--output', 'json', '--no-paginate']
        args += ['--cli-input-json', json.dumps(given)] if given else []
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                status = self.drivers[account].main(args)
            except SystemExit as ended:
                status = ended.code
        if status != 0:
            failed = re.search(r'An error occurred \((\w+)\) when calling the \w+ operation[^:]*: (.*)', err.getvalue(), re.S)
            if failed is None:
                return {'error': 'none of AWS', 'message': err.getvalue()}
            return {'error': failed.group(1), 'message': failed.group(2).strip()}
        return {'output': json.loads(out.getvalue()) if out.getvalue().strip() else {}}


def known():
    """Operations of the installed version; the newest of AWS may not be among them."""
    model = botocore.session.Session().get_service_model(SERVICE)
    names = list(model.operation_names)
    errors = {name: [error.name for error in model.operation_model(name).error_shapes] for name in names}
    return {'operations': names, 'errors': errors}


def plain(value):
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).isoformat()
    raise TypeError(type(value))


def main():
    client = {'boto3': Boto3, 'cli': Cli}[sys.argv[1]]()
    out = sys.stdout
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            if asked['operation'] == 'known':
                answer = {'output': known()}
            else:
                answer = client.call(asked['operation'], asked['input'], asked['account'])
        except Exception as fault:
            answer = {'error': 'none of AWS', 'message': repr(fault)}
        out.write(json.dumps(answer, default=plain) + '\n')
        out.flush()


main()
