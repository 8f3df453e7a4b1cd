"""Sealed editions, how the report is headed and signed, the sender's own table."""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('sender_template',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('task_id', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=4), nullable=False),
    sa.Column('place', sa.String(length=120), nullable=False),
    sa.Column('head_row', sa.Integer(), nullable=False),
    sa.Column('header', sa.JSON(), nullable=False),
    sa.Column('columns', sa.JSON(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint("kind IN ('xlsx', 'docx')", name=op.f('ck_sender_template_kind')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_sender_template_by_id_person')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_sender_template_file_id_stored_file')),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_sender_template_office_id_office')),
    sa.ForeignKeyConstraint(['task_id'], ['task.id'], name=op.f('fk_sender_template_task_id_task')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sender_template'))
    )
    with op.batch_alter_table('sender_template', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sender_template_office_id'), ['office_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sender_template_task_id'), ['task_id'], unique=False)
        batch_op.create_index('uq_template_now', ['office_id', 'task_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('edition',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('consultation_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('remarks', sa.Integer(), nullable=False),
    sa.Column('suggestions', sa.Integer(), nullable=False),
    sa.Column('snapshot', sa.String(length=64), nullable=False),
    sa.Column('public_manifest', sa.String(length=64), nullable=False),
    sa.Column('public_seal', sa.Text(), nullable=False),
    sa.Column('public_files', sa.String(length=64), nullable=False),
    sa.Column('restricted_manifest', sa.String(length=64), nullable=False),
    sa.Column('restricted_seal', sa.Text(), nullable=False),
    sa.Column('restricted_files', sa.String(length=64), nullable=False),
    sa.CheckConstraint('number >= 1', name=op.f('ck_edition_number')),
    sa.CheckConstraint('size >= 0', name=op.f('ck_edition_size')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_edition_by_id_person')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_edition_consultation_id_consultation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_edition')),
    sa.UniqueConstraint('consultation_id', 'number', name=op.f('uq_edition_consultation_id_number'))
    )
    op.create_table('report_form',
    sa.Column('consultation_id', sa.Integer(), nullable=False),
    sa.Column('red_head', sa.Boolean(), nullable=False),
    sa.Column('number', sa.String(length=80), nullable=False),
    sa.Column('signer', sa.LargeBinary(), nullable=True),
    sa.Column('addressee', sa.String(length=120), nullable=False),
    sa.Column('copies', sa.Text(), nullable=False),
    sa.Column('signed_on', sa.Date(), nullable=True),
    sa.Column('contact', sa.LargeBinary(), nullable=True),
    sa.Column('phone', sa.LargeBinary(), nullable=True),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_report_form_by_id_person')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_report_form_consultation_id_consultation')),
    sa.PrimaryKeyConstraint('consultation_id', name=op.f('pk_report_form'))
    )


def downgrade():
    raise NotImplementedError("restore a backup instead: nothing said is ever dropped by a migration")
