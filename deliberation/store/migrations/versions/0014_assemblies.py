"""Assemblies beside panels and 9+X councils, and the way of deciding an assembly's vote goes by."""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None
KINDS = "kind IN ('panel', 'council_9x', 'assembly')"


def upgrade():
    with op.batch_alter_table('council', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_council_kind'), type_='check')
        batch_op.create_check_constraint(op.f('ck_council_kind'), KINDS)
    op.create_table('assembly_of',
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.Column('procedure', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['council_id'], ['council.id'], name=op.f('fk_assembly_of_council_id_council')),
    sa.PrimaryKeyConstraint('council_id', name=op.f('pk_assembly_of'))
    )
    op.create_table('vote_way',
    sa.Column('vote_id', sa.Integer(), nullable=False),
    sa.Column('procedure', sa.String(length=40), nullable=False),
    sa.Column('way', sa.String(length=40), nullable=False),
    sa.Column('unit', sa.String(length=10), nullable=False),
    sa.Column('result', sa.String(length=10), nullable=False),
    sa.CheckConstraint("result IN ('decision', 'party', 'opinion')", name=op.f('ck_vote_way_result')),
    sa.CheckConstraint("unit IN ('person', 'household')", name=op.f('ck_vote_way_unit')),
    sa.ForeignKeyConstraint(['vote_id'], ['vote.id'], name=op.f('fk_vote_way_vote_id_vote')),
    sa.PrimaryKeyConstraint('vote_id', name=op.f('pk_vote_way'))
    )


def downgrade():
    raise NotImplementedError("restore a backup instead: nothing said is ever dropped by a migration")
