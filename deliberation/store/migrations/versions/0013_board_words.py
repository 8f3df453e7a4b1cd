"""A board sheet says what it is about in up to 24 letters: PostgreSQL had no room for the longest of them."""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('board_sheet', schema=None) as batch_op:
        batch_op.alter_column('about', existing_type=sa.String(length=12), type_=sa.String(length=24), existing_nullable=False)


def downgrade():
    with op.batch_alter_table('board_sheet', schema=None) as batch_op:
        batch_op.alter_column('about', existing_type=sa.String(length=24), type_=sa.String(length=12), existing_nullable=False)
