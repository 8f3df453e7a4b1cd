"""That a remark typed in from paper was compared with it."""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('paper_check',
    sa.Column('remark_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("(kind = 'scan') = (file_id IS NOT NULL)", name=op.f('ck_paper_check_scan')),
    sa.CheckConstraint("kind IN ('person', 'scan')", name=op.f('ck_paper_check_kind')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_paper_check_by_id_person')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_paper_check_file_id_stored_file')),
    sa.ForeignKeyConstraint(['remark_id'], ['remark.id'], name=op.f('fk_paper_check_remark_id_remark')),
    sa.PrimaryKeyConstraint('remark_id', name=op.f('pk_paper_check'))
    )


def downgrade():
    raise NotImplementedError("restore a backup instead: nothing said is ever dropped by a migration")
