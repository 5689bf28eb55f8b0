resource "aws_vpc" "main" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = var.step == 1

  tags = {
    Name = "main-${var.step}"
  }
}

resource "aws_subnet" "private" {
  for_each = { a = "10.0.0.0/24", b = "10.0.1.0/24" }

  vpc_id                  = aws_vpc.main.id
  cidr_block              = each.value
  availability_zone       = "eu-central-1${each.key}"
  map_public_ip_on_launch = var.step == 2
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id
}

resource "aws_route" "out" {
  route_table_id         = aws_route_table.public.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.main.id
}

resource "aws_route_table_association" "a" {
  route_table_id = aws_route_table.public.id
  subnet_id      = aws_subnet.private["a"].id
}

resource "aws_security_group" "data" {
  name        = "data"
  description = "databases and file systems"
  vpc_id      = aws_vpc.main.id

  ingress {
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = ["10.0.${var.step}.0/24"]
  }
}

resource "aws_security_group" "alone" {
  name   = "alone"
  vpc_id = aws_vpc.main.id
}

resource "aws_vpc_security_group_ingress_rule" "alone" {
  security_group_id            = aws_security_group.alone.id
  referenced_security_group_id = aws_security_group.data.id
  ip_protocol                  = "tcp"
  from_port                    = 2049
  to_port                      = 2049 + var.step
}

resource "aws_efs_file_system" "files" {}

resource "aws_efs_mount_target" "a" {
  file_system_id  = aws_efs_file_system.files.id
  subnet_id       = aws_subnet.private["a"].id
  security_groups = [var.step == 1 ? aws_security_group.data.id : aws_security_group.alone.id]
}

resource "aws_db_subnet_group" "data" {
  name        = "data"
  description = "step ${var.step}"
  subnet_ids  = [for subnet in aws_subnet.private : subnet.id]
}

resource "aws_iam_role" "web" {
  name = "web"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_instance_profile" "web" {
  name = "web"
  role = aws_iam_role.web.name
}

resource "aws_secretsmanager_secret" "database" {
  name                    = "database"
  description             = "step ${var.step}"
  recovery_window_in_days = 7
}

resource "aws_secretsmanager_secret_version" "database" {
  secret_id     = aws_secretsmanager_secret.database.id
  secret_string = jsonencode({ username = "postgres", password = "step-${var.step}" })
}

output "vpc" {
  value = aws_vpc.main.id
}
