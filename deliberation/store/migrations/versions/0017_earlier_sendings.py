"""What went up in a round and came back stays when the round goes up again."""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('earlier_sending',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('sent_at', sa.DateTime(), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=True),
    sa.Column('ours_id', sa.Integer(), nullable=False),
    sa.Column('final_id', sa.Integer(), nullable=True),
    sa.Column('scan_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['final_id'], ['stored_file.id'], name=op.f('fk_earlier_sending_final_id_stored_file')),
    sa.ForeignKeyConstraint(['ours_id'], ['stored_file.id'], name=op.f('fk_earlier_sending_ours_id_stored_file')),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_earlier_sending_report_id_report')),
    sa.ForeignKeyConstraint(['scan_id'], ['stored_file.id'], name=op.f('fk_earlier_sending_scan_id_stored_file')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_earlier_sending'))
    )
    with op.batch_alter_table('earlier_sending', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_earlier_sending_report_id'), ['report_id'], unique=False)


def downgrade():
    raise NotImplementedError("restore a backup instead: nothing said is ever dropped by a migration")
