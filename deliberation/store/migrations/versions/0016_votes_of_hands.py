"""A show of hands counted in the hall may become a vote, once."""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('count_vote',
    sa.Column('count_id', sa.Integer(), nullable=False),
    sa.Column('vote_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['count_id'], ['hall_count.id'], name=op.f('fk_count_vote_count_id_hall_count')),
    sa.ForeignKeyConstraint(['vote_id'], ['vote.id'], name=op.f('fk_count_vote_vote_id_vote')),
    sa.PrimaryKeyConstraint('count_id', name=op.f('pk_count_vote')),
    sa.UniqueConstraint('vote_id', name=op.f('uq_count_vote_vote_id'))
    )


def downgrade():
    raise NotImplementedError("restore a backup instead: nothing said is ever dropped by a migration")
