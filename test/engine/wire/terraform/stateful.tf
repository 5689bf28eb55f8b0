variable "backup" {
  default = "daily"
}

variable "days" {
  default = "AFTER_30_DAYS"
}

resource "aws_dynamodb_table" "orders" {
  name         = "Orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  ttl {
    enabled        = true
    attribute_name = "expires"
  }

  server_side_encryption {
    enabled = true
  }

  tags = {
    backup = var.backup
  }
}

resource "aws_ebs_volume" "data" {
  availability_zone = "eu-central-1a"
  size              = 10
  type              = "gp3"
  encrypted         = true

  tags = {
    backup = var.backup
  }
}

resource "aws_efs_file_system" "files" {
  encrypted = true

  lifecycle_policy {
    transition_to_ia = var.days
  }

  tags = {
    backup = var.backup
  }
}

resource "aws_efs_backup_policy" "files" {
  file_system_id = aws_efs_file_system.files.id

  backup_policy {
    status = "DISABLED"
  }
}

data "aws_vpc" "default" {
  default = true
}

data "aws_subnets" "default" {
  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.default.id]
  }
}

resource "aws_efs_mount_target" "files" {
  file_system_id = aws_efs_file_system.files.id
  subnet_id      = sort(data.aws_subnets.default.ids)[0]
}

resource "aws_instance" "web" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  user_data     = "#!/bin/sh"

  root_block_device {
    volume_size = 20
    volume_type = "gp3"
  }

  tags = {
    backup = var.backup
  }
}

output "table" {
  value = aws_dynamodb_table.orders.arn
}

output "volume" {
  value = aws_ebs_volume.data.arn
}

output "files" {
  value = aws_efs_file_system.files.arn
}

output "instance" {
  value = aws_instance.web.arn
}
