"""Which points of split remarks a person said are not alike."""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'apart_point',
        sa.Column('apart_id', sa.Integer(), nullable=False),
        sa.Column('point_id', sa.Integer(), nullable=False),
        sa.Column('side', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['apart_id'], ['apart.id'], name=op.f('fk_apart_point_apart_id_apart')),
        sa.ForeignKeyConstraint(['point_id'], ['point.id'], name=op.f('fk_apart_point_point_id_point')),
        sa.PrimaryKeyConstraint('apart_id', 'point_id', name=op.f('pk_apart_point')),
    )


def downgrade():
    raise NotImplementedError("restore a backup instead: nothing said is ever dropped by a migration")
